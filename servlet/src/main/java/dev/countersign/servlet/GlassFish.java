package dev.countersign.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/** What is peculiar to Payara, and to GlassFish, which it comes from. */
final class GlassFish {
    /** A class of their Catalina that Tomcat's has not; what a server calls itself is an administrator's to change. */
    private static final String OWN = "org.glassfish.web.valve.GlassFishValve";

    private static final String DESCRIPTOR = "/WEB-INF/payara-web.xml";
    private static final String OWN_ROLES = "jaxrs-roles-allowed-enabled";

    private GlassFish() {}

    /** Whether this is such a server: it goes on, and serves without the filter, when a filter fails as it is initialised. */
    static boolean is(ServletContext context) {
        String info = String.valueOf(context.getServerInfo()).toLowerCase(Locale.ROOT);
        if (info.contains("payara") || info.contains("glassfish")) {
            return true;
        }
        try {
            Class.forName(OWN, false, context.getClass().getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /**
     * What keeps resources with {@code @RolesAllowed} or {@code @PermitAll} closed there: Payara asks for a login of its own,
     * which nobody has, unless the application tells it not to.
     */
    static Optional<String> closesResources(ServletContext context) {
        if (!is(context)) {
            return Optional.empty();
        }
        try (InputStream file = context.getResourceAsStream(DESCRIPTOR)) {
            if (file != null && new String(file.readAllBytes(), UTF_8).contains(OWN_ROLES)) {
                return Optional.empty();
            }
        } catch (IOException e) {
            // Then the server cannot read it either.
        }
        return Optional.of(
                "Payara itself answers 401 to everybody for JAX-RS methods with @RolesAllowed or @PermitAll, or"
                        + " does not start the application (expected: <" + OWN_ROLES + ">false</" + OWN_ROLES + "> in"
                        + " " + DESCRIPTOR.substring(1) + ")");
    }
}
