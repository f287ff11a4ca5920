package dev.countersign.it;

import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that talk to the main WAR and to nothing else. */
@ExtendWith(ArquillianExtension.class)
abstract class MainWar {
    @ArquillianResource
    @SuppressWarnings("NullAway.Init")
    private URL base;

    /** Its client, a new one for each test. */
    @SuppressWarnings("NullAway.Init")
    Orders orders;

    @Deployment(testable = false)
    static WebArchive war() {
        return Wars.main();
    }

    @BeforeEach
    void open() {
        orders = Orders.at(base);
    }
}
