package dev.countersign.it.wars;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.Objects;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Gives a WAR its configuration. */
public final class Configured {
    /** A caller with the scope {@code read} and no role. */
    public static final String ALICE = Credentials.keyField("alice");

    /** A caller with no scope and no role. */
    public static final String BOB = Credentials.keyField("bob");

    /** A caller with the scopes {@code read} and {@code write} and the role {@code admin}. */
    public static final String ADMIN = Credentials.keyField("root");

    /** The settings of one scheme, with the keys of {@link #ALICE}, {@link #BOB} and {@link #ADMIN}. */
    public static final String KEYS = """
            countersign.schemes = key
            countersign.scheme.key.type = api-key
            countersign.scheme.key.prefixes = sk_it_
            countersign.scheme.key.store = file:WEB-INF/keys.properties
            """;

    private Configured() {}

    /** With {@link #KEYS} and these further lines. */
    public static WebArchive keys(WebArchive war, String... lines) {
        return settings(withKeys(war), KEYS + String.join("\n", lines) + "\n");
    }

    /** With the file of keys alone. */
    public static WebArchive withKeys(WebArchive war) {
        return file(
                war,
                "keys.properties",
                Credentials.keyRecord("alice", "read", "")
                        + Credentials.keyRecord("bob", "", "")
                        + Credentials.keyRecord("root", "read write", "admin"));
    }

    /** With these settings. */
    public static WebArchive settings(WebArchive war, String text) {
        return file(war, "countersign.properties", text);
    }

    /** With this file in {@code WEB-INF}. */
    public static WebArchive file(WebArchive war, String name, String text) {
        return war.addAsWebInfResource(new StringAsset(text), name);
    }

    /** With a {@code web.xml} of these elements. */
    public static WebArchive webXml(WebArchive war, String elements) {
        return webXml(war, false, elements);
    }

    /**
     * With a {@code web.xml} of these elements.
     *
     * @param complete whether it says that annotations of the container are not to be looked at
     */
    public static WebArchive webXml(WebArchive war, boolean complete, String elements) {
        return war.setWebXML(new StringAsset("""
                        <?xml version="1.0" encoding="UTF-8"?>
                        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="%s">
                        %s
                        </web-app>
                        """.formatted(complete, elements)));
    }

    /** The URL of a deployment that is not managed. */
    public static URL base(String deployment) throws IOException {
        String port = Objects.requireNonNull(System.getProperty("it.port"), "it.port");
        return URI.create("http://127.0.0.1:" + port + "/" + deployment + "/").toURL();
    }
}
