package dev.countersign.it.wars;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.Refusal;
import dev.countersign.it.Wars;
import java.io.IOException;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A misconfigured WAR does not deploy, and its log names every problem at once (SPEC 4, 9). */
@ExtendWith(ArquillianExtension.class)
public class MisconfiguredIT {

    @Deployment(name = "wrong", managed = false, testable = false)
    static WebArchive wrong() {
        WebArchive war = Configured.settings(Wars.with("wrong", "wrong"), """
                countersign.schemes = key, basic, jwt, oauht
                countersign.scheme.key.type = api-key
                countersign.scheme.key.prefixes = sk_it_
                countersign.scheme.key.store = file:WEB-INF/nowhere.properties
                countersign.scheme.basic.users = file:WEB-INF/users.properties
                countersign.scheme.jwt.issuer = https://id.example.com
                countersign.scheme.jwt.algoritms = HS256
                countersign.scheme.jwt.algorithms = HS256
                countersign.scheme.jwt.keys = text:too-short-a-secret
                countersign.scheme.jwt.clock-skew = PT20M
                countersign.require-https = maybe
                countersign.forwarded = x-forwarded
                countersign.paths.one.pattern = one*
                countersign.paths.one.require = permit
                countersign.paths.two.pattern = /two
                countersign.paths.two.require = schemes=saml
                """);
        return Configured.webXml(
                Configured.file(war, "users.properties", "user.alice.password = battery staple\n"), """
                <filter>
                  <filter-name>gate</filter-name>
                  <filter-class>dev.countersign.servlet.CountersignFilter</filter-class>
                </filter>
                <filter-mapping>
                  <filter-name>gate</filter-name>
                  <url-pattern>/api/*</url-pattern>
                </filter-mapping>
                """);
    }

    @Test
    void SPEC_9_CHAIN_20_JWT_07_JWT_29_every_problem_is_named_at_once_and_no_secret(
            @ArquillianResource Deployer deployer) throws IOException {
        String log = Refusal.of(deployer, "wrong", "oauht", "filter gate");
        assertThat(log)
                .contains("oauht")
                .contains("countersign.scheme.key.store")
                .contains("countersign.scheme.basic.users")
                .contains("countersign.scheme.jwt.audience")
                .contains("countersign.scheme.jwt.algoritms")
                .contains("countersign.scheme.jwt.keys")
                .contains("countersign.scheme.jwt.clock-skew: PT20M")
                .contains("countersign.require-https: maybe")
                .contains("countersign.forwarded")
                .contains("countersign.paths.one.pattern: one*")
                .contains("saml")
                .contains("jtw")
                .contains("LaxResource.lax")
                .contains("LaxResource.empty")
                .contains("LaxResource.half")
                .contains("filter gate: async-supported is missing")
                .contains("filter gate: mapped to /api/*");
        assertThat(log).doesNotContain("battery staple").doesNotContain("too-short-a-secret");
    }
}
