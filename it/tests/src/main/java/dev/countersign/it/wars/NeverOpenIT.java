package dev.countersign.it.wars;

import static dev.countersign.it.wars.Configured.ADMIN;
import static dev.countersign.it.wars.Configured.ALICE;
import static dev.countersign.it.wars.Configured.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.Logs;
import dev.countersign.it.RawHttp;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Refusal;
import dev.countersign.it.Server;
import dev.countersign.it.Wars;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Annotated methods are enforced or refused, however the application registers them (SPEC 2.7). */
@ExtendWith(ArquillianExtension.class)
public class NeverOpenIT {
    private static final Server.Jaxrs JAXRS = Server.current().jaxrs();

    @Deployment(name = "listed", testable = false)
    static WebArchive listed() {
        return Configured.keys(Wars.with("listed", JAXRS.listed()));
    }

    @Deployment(name = "noservices", testable = false)
    static WebArchive noServices() {
        return Configured.keys(Wars.with("noservices", "guarded", "noservices"));
    }

    @Deployment(name = "explicit", testable = false)
    static WebArchive explicit() {
        return Configured.keys(Wars.with("explicit", "guarded", "explicit"));
    }

    /** Two applications, of which only the first has the feature. */
    @Deployment(name = "beside", testable = false)
    static WebArchive beside() {
        String applications = Wars.listed("dev.countersign.it.wars.explicit.ExplicitApplication", "/api/*")
                + Wars.unfeatured("dev.countersign.it.wars.beside.BesideApplication", "/bare/*");
        WebArchive war = Configured.keys(Wars.with("beside", "guarded", "explicit", "beside"));
        return applications.isEmpty() ? war : Configured.webXml(war, applications);
    }

    @Deployment(name = "programmatic", testable = false)
    static WebArchive programmatic() {
        // A server that brings RESTEasy would make instances of its own otherwise.
        return Configured.webXml(Configured.keys(Wars.with("programmatic", "guarded", JAXRS.programmatic())), """
                <context-param>
                  <param-name>resteasy.scan</param-name>
                  <param-value>false</param-value>
                </context-param>
                <context-param>
                  <param-name>resteasy.scan.resources</param-name>
                  <param-value>false</param-value>
                </context-param>
                """);
    }

    /** Declared by hand, and loaded when the container likes. */
    @Deployment(name = "resourcesdeclared", testable = false)
    static WebArchive declared() {
        return runtime("resourcesdeclared", "servlet", JAXRS.listedApplication(), "", "/*");
    }

    /** A runtime that is a filter. */
    @Deployment(name = "filtered", testable = false)
    static WebArchive filtered() {
        return runtime("filtered", "filter", JAXRS.listedApplication(), "", "/*");
    }

    /** A runtime that is a filter and never meets Countersign. */
    @Deployment(name = "filtered-noservices", testable = false)
    static WebArchive filteredNoServices() {
        return runtime(
                "filtered-noservices", "filter", "dev.countersign.it.wars.noservices.NoServicesApplication", "", "/*");
    }

    /** An empty ordering leaves out every jar's initializer, so that nothing adds our filter; the feature remains. */
    @Deployment(name = "unfiltered", managed = false, testable = false)
    static WebArchive unfiltered() {
        return runtime("unfiltered", "servlet", JAXRS.listedApplication(), "<absolute-ordering/>", "/api/*");
    }

    private static String[] with(String[] packages, String more) {
        return Stream.concat(Stream.of(packages), Stream.of(more)).toArray(String[]::new);
    }

    /** For runtimes that cannot serve it, which must say so. */
    @Deployment(name = "locators", managed = false, testable = false)
    static WebArchive locators() {
        return Configured.keys(Wars.with("locators", "guarded", "inherited", "located", "later", "listed"));
    }

    private static WebArchive runtime(String name, String kind, String application, String first, String pattern) {
        return Configured.webXml(Configured.keys(Wars.with(name, with(JAXRS.listed(), "noservices"))), """
                %2$s
                <%1$s>
                  <%1$s-name>api</%1$s-name>
                  <%1$s-class>%5$s</%1$s-class>
                  <async-supported>true</async-supported>
                  <init-param>
                    <param-name>jakarta.ws.rs.Application</param-name>
                    <param-value>%3$s</param-value>
                  </init-param>
                  <init-param>
                    <param-name>resteasy.servlet.mapping.prefix</param-name>
                    <param-value>%6$s</param-value>
                  </init-param>
                </%1$s>
                <%1$s-mapping>
                  <%1$s-name>api</%1$s-name>
                  <url-pattern>%4$s</url-pattern>
                </%1$s-mapping>
                """.formatted(
                        kind,
                        first,
                        application,
                        pattern,
                        kind.equals("servlet") ? JAXRS.servlet() : JAXRS.filter(),
                        pattern.replace("/*", "")));
    }

    @Test
    void an_application_that_lists_its_classes_is_enforced(@ArquillianResource @OperateOnDeployment("listed") URL base)
            throws IOException {
        enforced(RawHttp.to(base), "/api/guarded");
    }

    @Test
    void an_application_without_services_that_lists_the_feature_is_enforced(
            @ArquillianResource @OperateOnDeployment("explicit") URL base) throws IOException {
        enforced(RawHttp.to(base), "/api/guarded");
    }

    @Test
    void SPEC_2_7_i_a_second_application_without_the_feature_is_refused_before_any_method_runs(
            @ArquillianResource @OperateOnDeployment("beside") URL base) throws IOException {
        RawHttp http = RawHttp.to(base);
        enforced(http, "/api/guarded");
        String calls = http.get("/calls").text();
        for (String path : List.of("", "/scope", "/role", "/nobody", "/open", "/unknown")) {
            for (String credential : List.of("X-Nothing: sent", ALICE, ADMIN)) {
                boolean answeredByRuntime = path.equals("/unknown") && !JAXRS.tellsWhichRuntime();
                assertThat(http.get("/bare/guarded" + path, credential).status())
                        .as(path)
                        .isEqualTo(answeredByRuntime ? 404 : 500);
            }
        }
        if (JAXRS.tellsWhichRuntime()) {
            assertThat(http.get("/calls").text()).isEqualTo(calls);
        } else {
            // The answers were withheld; the methods could not be.
            assertThat(Integer.parseInt(http.get("/calls").text())).isGreaterThan(Integer.parseInt(calls));
        }
        enforced(http, "/api/guarded");
    }

    @Test
    void a_servlet_of_web_xml_is_enforced_from_its_first_request_on(
            @ArquillianResource @OperateOnDeployment("resourcesdeclared") URL base) throws IOException {
        enforced(RawHttp.to(base), "/guarded");
    }

    @Test
    void a_runtime_that_is_a_filter_is_enforced(@ArquillianResource @OperateOnDeployment("filtered") URL base)
            throws IOException {
        if (!JAXRS.isVisible()) {
            closed(RawHttp.to(base), "/guarded");
            return;
        }
        enforced(RawHttp.to(base), "/guarded");
    }

    @Test
    void SPEC_2_7_i_a_runtime_that_is_a_filter_without_the_feature_is_refused(
            @ArquillianResource @OperateOnDeployment("filtered-noservices") URL base) throws IOException {
        RawHttp http = RawHttp.to(base);
        for (String path : List.of("", "/scope", "/role", "/nobody", "/open")) {
            assertThat(http.get("/guarded" + path).status()).as(path).isEqualTo(500);
            assertThat(http.get("/guarded" + path, ADMIN).status()).as(path).isEqualTo(500);
        }
    }

    @Test
    void SPEC_2_7_i_an_application_without_the_feature_is_refused_and_the_log_names_the_fix(
            @ArquillianResource @OperateOnDeployment("noservices") URL base) throws IOException {
        RawHttp http = RawHttp.to(base);
        try (Logs logs = Logs.open()) {
            for (String path : List.of("", "/scope", "/role", "/nobody", "/open", "/unknown")) {
                for (String credential : List.of("X-Nothing: sent", ALICE, ADMIN)) {
                    RawResponse response = http.get("/api/guarded" + path, credential);
                    assertThat(response.status()).as(path).isEqualTo(500);
                    assertThat(response.text()).as(path).contains("\"code\":\"internal\"");
                }
            }
            assertThat(logs.text("CountersignFeature").lines().filter(line -> line.contains("CountersignFeature")))
                    .singleElement()
                    .asString()
                    .contains("getClasses()", "jakarta.ws.rs.loadServices");
        }
        assertThat(http.get("/calls").text()).isEqualTo("0");
    }

    @Test
    void DISP_07_annotated_methods_that_no_filter_guards_answer_500_and_nothing_runs_on(
            @ArquillianResource Deployer deployer) throws IOException {
        long watching = watching();
        try (Logs logs = Logs.open()) {
            deployer.deploy("unfiltered");
            try {
                RawHttp http = RawHttp.to(Configured.base("unfiltered"));
                for (String path : List.of("", "/scope", "/role", "/nobody", "/open")) {
                    for (String credential : List.of("X-Nothing: sent", ADMIN)) {
                        assertThat(http.get("/api/guarded" + path, credential).status())
                                .as(path)
                                .isEqualTo(500);
                    }
                }
                assertThat(http.get("/api/located/free/open", ADMIN).status())
                        .isEqualTo(JAXRS.showsSubResources() ? 500 : 404);
                assertThat(http.get("/api/later/events", ADMIN).status()).isEqualTo(500);
                assertThat(http.get("/calls").text()).isEqualTo("0");
            } finally {
                deployer.undeploy("unfiltered");
            }
            assertThat(logs.text("CountersignFilter")).contains("CountersignFilter");
        }
        assertThat(watching()).isEqualTo(watching);
    }

    /** How many threads of this JVM watch files for changes; a server in a JVM of its own has none here to look at. */
    private static long watching() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("countersign-reload"))
                .count();
    }

    @Test
    void ANN_13_instances_models_and_functions_that_code_registers_are_enforced(
            @ArquillianResource @OperateOnDeployment("programmatic") URL base) throws IOException {
        RawHttp http = RawHttp.to(base);
        if (!JAXRS.isVisible()) {
            closed(http, "/api/guarded");
            closed(http, "/api/moved/guarded");
            closed(http, "/api/instance");
            closed(http, "/api/function");
            return;
        }
        enforced(http, "/api/guarded");
        assertThat(http.get("/api/instance").status()).isEqualTo(401);
        assertThat(http.get("/api/instance", ALICE).status()).isEqualTo(403);
        assertThat(http.get("/api/instance", ADMIN).text()).isEqualTo("instance");
        if (!JAXRS.hasModels()) {
            closed(http, "/api/moved/guarded");
            closed(http, "/api/function");
            return;
        }
        enforced(http, "/api/moved/guarded");
        assertThat(http.get("/api/function").status()).isEqualTo(401);
        assertThat(http.get("/api/function", ALICE).text()).isEqualTo("function for alice");
    }

    @Test
    void ANN_01_and_ANN_02_rules_of_interfaces_and_generic_supertypes_are_enforced(
            @ArquillianResource @OperateOnDeployment("listed") URL base) throws IOException {
        RawHttp http = RawHttp.to(base);
        only(http, "GET", "/api/inherited/role", "role", ADMIN, ALICE);
        only(http, "POST", "/api/inherited/create", "created x", ADMIN, ALICE);
        only(http, "PUT", "/api/inherited/change", "changed x", ADMIN, ALICE);
        assertThat(http.get("/api/inherited/nobody", ADMIN).status()).isEqualTo(403);
    }

    @Test
    void ANN_05_locators_and_sub_resources_are_both_enforced_or_stop_the_deployment(
            @ArquillianResource @OperateOnDeployment("listed") URL base, @ArquillianResource Deployer deployer)
            throws IOException {
        if (!JAXRS.showsSubResources()) {
            assertThat(Refusal.of(deployer, "locators", "LocatorResource.untyped"))
                    .contains("LocatorResource.free()", "LocatorResource.locked()", "LocatorResource.untyped()");
            return;
        }
        RawHttp http = RawHttp.to(base);
        assertThat(http.get("/api/located/free/open").text()).isEqualTo("open item");
        only(http, "GET", "/api/located/free/scope", "item", ALICE, BOB);
        for (String locator : List.of("locked", "untyped")) {
            only(http, "GET", "/api/located/" + locator + "/open", "open item", ADMIN, ALICE);
            only(http, "GET", "/api/located/" + locator + "/scope", "item", ADMIN, ALICE);
        }
    }

    /** What cannot be served is not open either. */
    private static void closed(RawHttp http, String root) throws IOException {
        for (String path : List.of("", "/scope", "/role", "/nobody", "/open")) {
            for (String credential : List.of("X-Nothing: sent", ADMIN)) {
                assertThat(http.get(root + path, credential).status()).as(path).isGreaterThanOrEqualTo(400);
            }
        }
    }

    private static void enforced(RawHttp http, String root) throws IOException {
        only(http, "GET", root + "/scope", "scope", ALICE, BOB);
        only(http, "GET", root + "/role", "role", ADMIN, ALICE);
        assertThat(http.get(root).status()).isEqualTo(401);
        assertThat(http.get(root, BOB).text()).isEqualTo("bob");
        assertThat(http.get(root + "/nobody", ADMIN).status()).isEqualTo(403);
        assertThat(http.get(root + "/open").text()).isEqualTo("open");
    }

    /** Nobody is challenged, one caller is admitted, the other one is refused. */
    private static void only(RawHttp http, String method, String path, String text, String admitted, String refused)
            throws IOException {
        byte[] body = method.equals("GET") ? null : new byte[] {'x'};
        RawResponse challenge = http.request(method, path, body, "Content-Type: text/plain");
        assertThat(challenge.status()).as(path).isEqualTo(401);
        assertThat(challenge.header("WWW-Authenticate")).as(path).hasSize(1);
        assertThat(http.request(method, path, body, "Content-Type: text/plain", refused)
                        .status())
                .as(path)
                .isEqualTo(403);
        assertThat(http.request(method, path, body, "Content-Type: text/plain", admitted)
                        .text())
                .as(path)
                .isEqualTo(text);
    }
}
