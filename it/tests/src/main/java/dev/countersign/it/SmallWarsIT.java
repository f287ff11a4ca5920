package dev.countersign.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** WARs made by a test come up, or are seen not to. */
@ExtendWith(ArquillianExtension.class)
public class SmallWarsIT {

    @Deployment(name = "hello", testable = false)
    static WebArchive hello() {
        return configured(Wars.plain("hello", "hello"));
    }

    @Deployment(name = "welcome", managed = false, testable = false)
    static WebArchive welcome() {
        return configured(Wars.plain("welcome", "hello"));
    }

    @Deployment(name = "refused", managed = false, testable = false)
    static WebArchive refused() {
        return Wars.plain("refused", "refused")
                .addAsServiceProvider(
                        "jakarta.servlet.ServletContainerInitializer",
                        "dev.countersign.it.wars.refused.RefusingInitializer");
    }

    @Deployment(name = "unconfigured", managed = false, testable = false)
    static WebArchive unconfigured() {
        return Wars.plain("unconfigured", "hello");
    }

    private static WebArchive configured(WebArchive war) {
        return war.addAsWebInfResource(
                        new StringAsset(
                                "countersign.schemes=basic\ncountersign.scheme.basic.users=file:WEB-INF/users.properties\n"),
                        "countersign.properties")
                .addAsWebInfResource(new StringAsset(""), "users.properties");
    }

    @Test
    void a_war_without_any_stack_answers(@ArquillianResource @OperateOnDeployment("hello") URL base)
            throws IOException {
        assertThat(RawHttp.to(base).get("/hello").text()).isEqualTo("hello from a small WAR");
    }

    @Test
    void a_refused_deployment_tells_why(@ArquillianResource Deployer deployer) throws IOException {
        assertThat(Refusal.of(deployer, "refused", "refused for the test")).contains("refused for the test");
    }

    @Test
    void a_deployment_that_comes_up_is_not_taken_for_a_refused_one(@ArquillianResource Deployer deployer) {
        assertThatThrownBy(() -> Refusal.of(deployer, "welcome")).isInstanceOf(AssertionError.class);
    }

    @Test
    void CHAIN_20_a_war_without_configuration_is_refused(@ArquillianResource Deployer deployer) throws IOException {
        assertThat(Refusal.of(deployer, "unconfigured", "countersign.schemes")).contains("countersign.schemes");
    }

    /** The modules that are run on several versions name the one of the run; else it is that of the tests. */
    @Test
    void the_server_runs_on_the_java_of_this_run(@ArquillianResource @OperateOnDeployment("hello") URL base)
            throws IOException {
        String expected = Server.property("it.java");
        assertThat(RawHttp.to(base).get("/java").text())
                .isEqualTo(expected == null ? String.valueOf(Runtime.version().feature()) : expected);
    }
}
