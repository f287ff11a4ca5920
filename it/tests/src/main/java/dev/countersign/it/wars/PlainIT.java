package dev.countersign.it.wars;

import static dev.countersign.it.wars.Configured.ADMIN;
import static dev.countersign.it.wars.Configured.ALICE;
import static dev.countersign.it.wars.Configured.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Server;
import dev.countersign.it.Wars;
import java.io.IOException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servlets and files on a server without JAX-RS, CDI and JSON-P. */
@ExtendWith(ArquillianExtension.class)
public class PlainIT {

    @Deployment(name = "plain", testable = false)
    static WebArchive plain() {
        WebArchive war = Configured.keys(
                Wars.plain("plain", "plain"),
                "countersign.paths.one.pattern = /exact",
                "countersign.paths.one.require = permit",
                "countersign.paths.files.pattern = /files/*",
                "countersign.paths.files.require = schemes=key; scopes=read",
                "countersign.paths.closed.pattern = /files/closed/*",
                "countersign.paths.closed.require = deny",
                "countersign.paths.actions.pattern = *.do",
                "countersign.paths.actions.require = roles=admin",
                "countersign.paths.private.pattern = *.priv",
                "countersign.paths.private.require = schemes=key",
                "countersign.paths.weaker.pattern = /admin",
                "countersign.paths.weaker.require = permit");
        return Configured.webXml(
                war.addAsWebResource(new StringAsset("for everybody"), "static.txt")
                        .addAsWebResource(new StringAsset("for callers"), "static.priv"),
                """
                <error-page>
                  <error-code>409</error-code>
                  <location>/error-page</location>
                </error-page>
                """);
    }

    @Deployment(name = "shut", testable = false)
    static WebArchive shut() {
        return Configured.keys(
                Wars.plain("shut", "plain").addAsWebResource(new StringAsset("for nobody"), "static.txt"),
                "countersign.paths.all.pattern = /",
                "countersign.paths.all.require = deny",
                "countersign.paths.one.pattern = /exact",
                "countersign.paths.one.require = permit");
    }

    @Deployment(name = "complete", testable = false)
    static WebArchive complete() {
        return Configured.webXml(Configured.keys(Wars.plain("complete", "plain")), true, """
                <servlet>
                  <servlet-name>admin</servlet-name>
                  <servlet-class>dev.countersign.it.wars.plain.AdminServlet</servlet-class>
                </servlet>
                <servlet-mapping>
                  <servlet-name>admin</servlet-name>
                  <url-pattern>/declared</url-pattern>
                </servlet-mapping>
                """);
    }

    @Test
    void servlets_without_a_rule_are_for_callers_and_files_for_everybody(
            @ArquillianResource @OperateOnDeployment("plain") URL base) throws IOException {
        RawHttp http = RawHttp.to(base);
        RawResponse challenge = http.get("/who");
        assertThat(challenge.status()).isEqualTo(401);
        assertThat(challenge.header("WWW-Authenticate"))
                .containsExactly("ApiKey realm=\"plain\", in=\"header\", name=\"X-API-Key\"");
        assertThat(challenge.header("Content-Type")).containsExactly("application/problem+json");
        assertThat(challenge.text()).contains("\"code\":\"credentials_required\"");
        assertThat(http.get("/who", BOB).text()).isEqualTo("REQUEST for bob");
        if (Server.current().hasStaticServlet()) {
            assertThat(http.get("/static.txt").text()).isEqualTo("for everybody");
        } else {
            assertThat(http.get("/static.txt").status()).isEqualTo(401);
            assertThat(http.get("/static.txt", BOB).text()).isEqualTo("for everybody");
        }
        assertThat(http.get("/WEB-INF/keys.properties", ADMIN).status()).isEqualTo(404);
    }

    @Test
    void every_kind_of_pattern_has_its_rule(@ArquillianResource @OperateOnDeployment("plain") URL base)
            throws IOException {
        RawHttp http = RawHttp.to(base);
        assertThat(http.get("/exact").text()).startsWith("REQUEST for");
        assertThat(http.get("/files").status()).isEqualTo(401);
        assertThat(http.get("/files/a").status()).isEqualTo(401);
        assertThat(http.get("/files/a", BOB).status()).isEqualTo(403);
        assertThat(http.get("/files/a", ALICE).text()).isEqualTo("REQUEST for alice");
        assertThat(http.get("/files/closed/a", ADMIN).status()).isEqualTo(403);
        assertThat(http.get("/files/closed/a.do", ADMIN).status()).isEqualTo(403);
        assertThat(http.get("/any/where.do").status()).isEqualTo(401);
        assertThat(http.get("/any/where.do", ALICE).status()).isEqualTo(403);
        assertThat(http.get("/any/where.do", ADMIN).text()).isEqualTo("REQUEST for root");
        assertThat(http.get("/static.priv").status()).isEqualTo(401);
        assertThat(http.get("/static.priv", BOB).text()).isEqualTo("for callers");
    }

    @Test
    void the_pattern_for_everything_else_is_the_last_one(@ArquillianResource @OperateOnDeployment("shut") URL base)
            throws IOException {
        RawHttp http = RawHttp.to(base);
        assertThat(http.get("/exact").status()).isEqualTo(200);
        assertThat(http.get("/who", ADMIN).status()).isEqualTo(403);
        assertThat(http.get("/static.txt", ADMIN).status()).isEqualTo(403);
        assertThat(http.get("/admin", ADMIN).text()).isEqualTo("secret of admins");
    }

    @Test
    void ANN_16_an_annotated_servlet_is_enforced_whatever_the_settings_say(
            @ArquillianResource @OperateOnDeployment("plain") URL base) throws IOException {
        RawHttp http = RawHttp.to(base);
        assertThat(http.get("/admin").status()).isEqualTo(401);
        assertThat(http.get("/admin", ALICE).status()).isEqualTo(403);
        assertThat(http.get("/admin", ADMIN).text()).isEqualTo("secret of admins");
    }

    @Test
    void ANN_16_an_annotated_servlet_is_enforced_where_a_complete_web_xml_declares_it(
            @ArquillianResource @OperateOnDeployment("complete") URL base) throws IOException {
        RawHttp http = RawHttp.to(base);
        assertThat(http.get("/declared").status()).isEqualTo(401);
        assertThat(http.get("/declared", ALICE).status()).isEqualTo(403);
        assertThat(http.get("/declared", ADMIN).text()).isEqualTo("secret of admins");
    }

    @Test
    void DISP_01_forward_and_include_are_judged_by_their_target(
            @ArquillianResource @OperateOnDeployment("plain") URL base) throws IOException {
        RawHttp http = RawHttp.to(base);
        assertThat(http.get("/relay/forward").status()).isEqualTo(401);
        assertThat(http.get("/relay/forward").text()).contains("credentials_required");
        assertThat(http.get("/relay/forward", ALICE).status()).isEqualTo(403);
        assertThat(http.get("/relay/forward", ADMIN).text()).isEqualTo("secret of admins");
        assertThat(http.get("/relay/include").text()).isEqualTo("[]");
        assertThat(http.get("/relay/include", ALICE).text()).isEqualTo("[]");
        assertThat(http.get("/relay/include", ADMIN).text()).isEqualTo("[secret of admins]");
        assertThat(http.get("/relay/forward/who", BOB).text()).isEqualTo("FORWARD for bob");
        assertThat(http.get("/relay/include/who", BOB).text()).isEqualTo("[INCLUDE for bob]");
        assertThat(http.get("/relay/include/who").text()).isEqualTo("[]");
        assertThat(http.get("/relay/include/exact").text()).isEqualTo("[INCLUDE for anonymous]");
        assertThat(http.get("/relay/include/files/a", BOB).text()).isEqualTo("[]");
        assertThat(http.get("/relay/include/files/a", ALICE).text()).isEqualTo("[INCLUDE for alice]");
        assertThat(http.get("/relay/include/any/where.do", ALICE).text()).isEqualTo("[]");
        assertThat(http.get("/relay/include/any/where.do", ADMIN).text()).isEqualTo("[INCLUDE for root]");
        assertThat(http.get("/relay/include/static.txt").text())
                .isEqualTo(Server.current().hasStaticServlet() ? "[for everybody]" : "[]");
        assertThat(http.get("/relay/include/static.priv").text()).isEqualTo("[]");
        assertThat(http.get("/relay/include/static.priv", BOB).text()).isEqualTo("[for callers]");
    }

    @Test
    void DISP_03_an_error_page_is_judged_and_keeps_its_status(
            @ArquillianResource @OperateOnDeployment("plain") URL base) throws IOException {
        RawHttp http = RawHttp.to(base);
        RawResponse refused = http.get("/relay/error");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).isEmpty();
        RawResponse admitted = http.get("/relay/error", ALICE);
        assertThat(admitted.status()).isEqualTo(409);
        assertThat(admitted.text()).isEqualTo("ERROR for alice");
    }
}
