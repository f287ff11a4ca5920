package dev.countersign.it.payara;

import static dev.countersign.it.wars.Configured.ADMIN;
import static dev.countersign.it.wars.Configured.ALICE;
import static dev.countersign.it.wars.Configured.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.Logs;
import dev.countersign.it.RawHttp;
import dev.countersign.it.Refusal;
import dev.countersign.it.Wars;
import dev.countersign.it.wars.Configured;
import java.io.IOException;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application that leaves Payara's own judging of roles switched on: it is closed, and the log names the fix. */
@ExtendWith(ArquillianExtension.class)
public class OwnRolesIT {
    private static final String FIX = "<jaxrs-roles-allowed-enabled>false</jaxrs-roles-allowed-enabled>";

    @Deployment(name = "own-roles", managed = false, testable = false)
    static WebArchive ownRoles() {
        return war("own-roles").addAsWebInfResource(new StringAsset("<beans/>"), "beans.xml");
    }

    @Deployment(name = "own-roles-no-cdi", managed = false, testable = false)
    static WebArchive withoutCdi() {
        return war("own-roles-no-cdi");
    }

    private static WebArchive war(String name) {
        WebArchive war = Configured.keys(Wars.with(name, "guarded", "explicit"));
        war.delete("/WEB-INF/payara-web.xml");
        return war;
    }

    @Test
    void what_payara_judges_is_401_for_everybody_and_the_log_names_the_fix(@ArquillianResource Deployer deployer)
            throws IOException {
        try (Logs logs = Logs.open()) {
            deployer.deploy("own-roles");
            try {
                RawHttp http = RawHttp.to(Configured.base("own-roles"));
                for (String credential : List.of("X-Nothing: sent", BOB, ALICE, ADMIN)) {
                    assertThat(http.get("/api/guarded/role", credential).status())
                            .as(credential)
                            .isIn(401, 403);
                    assertThat(http.get("/api/guarded/nobody", credential).status())
                            .isIn(401, 403);
                }
                assertThat(http.get("/api/guarded/open").status()).isEqualTo(401);
                assertThat(http.get("/api/guarded/scope").status()).isEqualTo(401);
                assertThat(http.get("/api/guarded/scope", BOB).status()).isEqualTo(403);
                assertThat(http.get("/api/guarded/scope", ALICE).text()).isEqualTo("scope");
                assertThat(logs.text(FIX)).contains(FIX);
            } finally {
                deployer.undeploy("own-roles");
            }
        }
    }

    @Test
    void without_cdi_the_application_does_not_start(@ArquillianResource Deployer deployer) throws IOException {
        assertThat(Refusal.of(deployer, "own-roles-no-cdi", FIX)).contains(FIX, "Unable to access CDI");
    }
}
