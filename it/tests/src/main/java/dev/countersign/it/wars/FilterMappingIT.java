package dev.countersign.it.wars;

import static dev.countersign.it.wars.Configured.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.Logs;
import dev.countersign.it.RawHttp;
import dev.countersign.it.Refusal;
import dev.countersign.it.Wars;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The filter declared in {@code web.xml}: rightly it works, wrongly the deployment stops (SPEC 9, DISP-06). */
@ExtendWith(ArquillianExtension.class)
public class FilterMappingIT {
    private static final String ASYNC = "<async-supported>true</async-supported>";
    private static final String ALL = """
            <dispatcher>REQUEST</dispatcher>
            <dispatcher>FORWARD</dispatcher>
            <dispatcher>INCLUDE</dispatcher>
            <dispatcher>ERROR</dispatcher>
            <dispatcher>ASYNC</dispatcher>
            """;

    @Deployment(name = "declared", testable = false)
    static WebArchive declared() {
        return war("declared", filter(ASYNC) + mapping("/*", ALL));
    }

    @Deployment(name = "api-only", managed = false, testable = false)
    static WebArchive apiOnly() {
        return war("api-only", filter(ASYNC) + mapping("/api/*", ALL));
    }

    @Deployment(name = "do-only", managed = false, testable = false)
    static WebArchive doOnly() {
        return war("do-only", filter(ASYNC) + mapping("*.do", ALL));
    }

    @Deployment(name = "unmapped", managed = false, testable = false)
    static WebArchive unmapped() {
        return war("unmapped", filter(ASYNC));
    }

    @Deployment(name = "request-only", managed = false, testable = false)
    static WebArchive requestOnly() {
        return war("request-only", filter(ASYNC) + mapping("/*", ""));
    }

    @Deployment(name = "without-async", managed = false, testable = false)
    static WebArchive withoutAsync() {
        return war("without-async", filter(ASYNC) + mapping("/*", ALL.replace("<dispatcher>ASYNC</dispatcher>", "")));
    }

    @Deployment(name = "without-include", managed = false, testable = false)
    static WebArchive withoutInclude() {
        return war(
                "without-include", filter(ASYNC) + mapping("/*", ALL.replace("<dispatcher>INCLUDE</dispatcher>", "")));
    }

    @Deployment(name = "synchronous", managed = false, testable = false)
    static WebArchive synchronous() {
        return war("synchronous", filter("") + mapping("/*", ALL));
    }

    @Deployment(name = "second", managed = false, testable = false)
    static WebArchive second() {
        return war("second", """
                <filter>
                  <filter-name>other</filter-name>
                  <filter-class>dev.countersign.it.wars.plain.OtherFilter</filter-class>
                  <async-supported>true</async-supported>
                </filter>
                <filter-mapping>
                  <filter-name>other</filter-name>
                  <url-pattern>/*</url-pattern>
                </filter-mapping>
                """ + filter(ASYNC) + mapping("/*", ALL));
    }

    /** There is no file of keys, and the jar's initializer is left out: the filter alone can say so. */
    @Deployment(name = "alone", managed = false, testable = false)
    static WebArchive alone() {
        return Configured.webXml(
                Wars.plain("alone", "plain"), "<absolute-ordering/>" + filter(ASYNC) + mapping("/*", ALL));
    }

    /** Code registers the filter under a name of its own, and its set-up is wrong. */
    @Deployment(name = "own", managed = false, testable = false)
    static WebArchive own() {
        return Wars.plain("own", "plain", "ownfilter")
                .addAsServiceProvider(
                        "jakarta.servlet.ServletContainerInitializer",
                        "dev.countersign.it.wars.ownfilter.OwnFilterInitializer");
    }

    private static WebArchive war(String name, String elements) {
        return Configured.webXml(Configured.withKeys(Wars.plain(name, "plain")), elements);
    }

    private static String filter(String async) {
        return """
                <filter>
                  <filter-name>gate</filter-name>
                  <filter-class>dev.countersign.servlet.CountersignFilter</filter-class>
                  %s
                  <init-param>
                    <param-name>countersign.schemes</param-name>
                    <param-value>key</param-value>
                  </init-param>
                  <init-param>
                    <param-name>countersign.scheme.key.type</param-name>
                    <param-value>api-key</param-value>
                  </init-param>
                  <init-param>
                    <param-name>countersign.scheme.key.prefixes</param-name>
                    <param-value>sk_it_</param-value>
                  </init-param>
                  <init-param>
                    <param-name>countersign.scheme.key.store</param-name>
                    <param-value>file:WEB-INF/keys.properties</param-value>
                  </init-param>
                </filter>
                """.formatted(async);
    }

    private static String mapping(String pattern, String dispatchers) {
        return """
                <filter-mapping>
                  <filter-name>gate</filter-name>
                  <url-pattern>%s</url-pattern>
                  %s
                </filter-mapping>
                """.formatted(pattern, dispatchers);
    }

    @Test
    void a_right_declaration_is_configured_by_its_init_params(
            @ArquillianResource @OperateOnDeployment("declared") URL base) throws IOException {
        RawHttp http = RawHttp.to(base);
        assertThat(http.get("/who").status()).isEqualTo(401);
        assertThat(http.get("/who").header("WWW-Authenticate"))
                .containsExactly("ApiKey realm=\"declared\", in=\"header\", name=\"X-API-Key\"");
        assertThat(http.get("/who", ALICE).text()).isEqualTo("REQUEST for alice");
        assertThat(http.get("/admin", ALICE).status()).isEqualTo(403);
    }

    @Test
    void DISP_06_refuses_a_filter_that_guards_a_part(@ArquillianResource Deployer deployer) throws IOException {
        refused(deployer, "api-only", "filter gate: mapped to /api/* (expected: /*)");
        refused(deployer, "do-only", "filter gate: mapped to *.do (expected: /*)");
        refused(deployer, "unmapped", "filter gate: mapped to no url-pattern");
    }

    @Test
    void DISP_06_refuses_a_filter_that_misses_a_dispatcher(@ArquillianResource Deployer deployer) throws IOException {
        refused(
                deployer,
                "request-only",
                "filter gate: the mapping to /* lacks the dispatchers FORWARD, INCLUDE, ERROR, ASYNC");
        refused(deployer, "without-async", "lacks the dispatchers ASYNC");
        refused(deployer, "without-include", "lacks the dispatchers INCLUDE");
    }

    @Test
    void DISP_06_refuses_a_filter_without_async_support(@ArquillianResource Deployer deployer) throws IOException {
        refused(deployer, "synchronous", "filter gate: async-supported is missing");
    }

    @Test
    void DISP_06_refuses_a_filter_behind_another_one(@ArquillianResource Deployer deployer) throws IOException {
        refused(deployer, "second", "filter gate: its mapping stands behind that of other");
    }

    /** Some servers go on without a filter that fails, and some look at filters only when a request comes. */
    @Test
    void CHAIN_20_a_filter_that_fails_lets_nothing_through(@ArquillianResource Deployer deployer) throws IOException {
        servesNothing(deployer, "alone", "countersign.scheme.key.store");
        servesNothing(deployer, "own", "countersign.scheme");
    }

    private static void servesNothing(Deployer deployer, String deployment, String reason) throws IOException {
        try (Logs logs = Logs.open()) {
            boolean deployed = deploys(deployer, deployment);
            try {
                RawHttp http = RawHttp.to(Configured.base(deployment));
                for (String path : List.of("/who", "/admin", "/exact", "/some.do", "/mark.txt", "/", "/nowhere")) {
                    for (String credential : List.of("X-Nothing: sent", ALICE)) {
                        assertThat(http.get(path, credential).status())
                                .as(deployment + path)
                                // 404 where nothing is deployed, which not every server tells who deploys.
                                .isIn(404, 500, 503);
                    }
                }
                assertThat(logs.text(reason)).contains(reason);
            } finally {
                if (deployed) {
                    deployer.undeploy(deployment);
                }
            }
        }
    }

    private static boolean deploys(Deployer deployer, String deployment) {
        try {
            deployer.deploy(deployment);
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    private static void refused(Deployer deployer, String deployment, String reason) throws IOException {
        assertThat(Refusal.of(deployer, deployment, reason)).contains(reason);
    }
}
