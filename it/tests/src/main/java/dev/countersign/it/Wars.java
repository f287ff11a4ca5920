package dev.countersign.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.FileAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The WARs that tests deploy. Each call gives a new one, which the caller may add to:
 *
 * <pre>{@code
 * @Deployment(testable = false)
 * static WebArchive war() {
 *     return Wars.with("open-locator", "locators").addAsWebInfResource(new StringAsset("…"), "countersign.properties");
 * }
 * }</pre>
 *
 * The context path is the name of the archive, which no other WAR may have, also of another test class: Jetty serves the
 * older one then. Classes are named by their package, not by reference: they must not be on the class path of the tests,
 * which on an embedded server is that of the server.
 */
public final class Wars {

    /** The path of a file that every WAR made here has, so that 404 for it says that the WAR is not there. */
    static final String MARK = "/mark.txt";

    private static final String ROOT = "ROOT";
    private static final String PACKAGES = "dev/countersign/it/wars/";
    private static final String FEATURE =
            parameter("jaxrs.providers", "dev.countersign.servlet.jaxrs.CountersignFeature");

    private Wars() {}

    /** The WAR as it was built, with the stack's jars in {@code WEB-INF/lib} unless the server brings JAX-RS. */
    public static WebArchive main() {
        return async(withStack(forPayara(built("main.war"))), "dev.countersign.it.app.Api");
    }

    /**
     * With whatever the JAX-RS implementation needs beside the application to answer later, in a {@code web.xml} of its own.
     *
     * @param application the class of the application
     */
    public static WebArchive async(WebArchive war, String application) {
        return isCxf() ? war.setWebXML(new StringAsset(webXml(servlet(application, "", "")))) : war;
    }

    /** As {@link #async}, for an application that lists its classes and not Countersign's feature. */
    public static WebArchive listing(WebArchive war, String application) {
        return isCxf() ? war.setWebXML(new StringAsset(webXml(listed(application)))) : war;
    }

    /**
     * What {@code web.xml} says for the only application of a WAR, which lists its classes and not Countersign's feature;
     * nothing but on CXF, which finds no service then, and registers its servlet without support for answering later.
     *
     * @param application the class of the application
     */
    public static String listed(String application) {
        return isCxf() ? servlet(application, "", FEATURE) : "";
    }

    /** As {@link #listed(String)}, for one of several applications: CXF registers a servlet for one only. */
    public static String listed(String application, String pattern) {
        return isCxf() ? mapped(application, pattern, FEATURE + application(application)) : "";
    }

    /** As {@link #listed(String, String)}, for one that is to go without Countersign's feature. */
    public static String unfeatured(String application, String pattern) {
        return isCxf() ? mapped(application, pattern, application(application)) : "";
    }

    /**
     * What {@code web.xml} says on CXF for one of several applications that list nothing: its initializer finds the classes
     * for one only, so that this one becomes a servlet without an application, and the WAR must not have its class.
     *
     * @param resources the classes of the resources
     */
    public static String found(String name, String pattern, String... resources) {
        return mapped(name, pattern, FEATURE + parameter("jaxrs.serviceClasses", String.join(",", resources)));
    }

    private static String mapped(String name, String pattern, String parameters) {
        String type = "<servlet-class>" + Server.Jaxrs.CXF.servlet() + "</servlet-class>";
        return servlet(name, type, parameters) + """
                <servlet-mapping>
                  <servlet-name>%s</servlet-name>
                  <url-pattern>%s</url-pattern>
                </servlet-mapping>
                """.formatted(name, pattern);
    }

    private static boolean isCxf() {
        return Server.current().jaxrs() == Server.Jaxrs.CXF;
    }

    private static String servlet(String name, String type, String parameters) {
        return """
                <servlet>
                  <servlet-name>%s</servlet-name>
                  %s%s
                  <async-supported>true</async-supported>
                </servlet>
                """.formatted(name, type, parameters);
    }

    private static String application(String application) {
        return parameter("jakarta.ws.rs.Application", application);
    }

    private static String parameter(String name, String value) {
        return "<init-param><param-name>%s</param-name><param-value>%s</param-value></init-param>"
                .formatted(name, value);
    }

    private static String webXml(String elements) {
        return """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                %s
                </web-app>
                """.formatted(elements);
    }

    /**
     * The library's jars, the stack's jars, and the classes of these packages below {@code dev.countersign.it.wars},
     * without any configuration.
     *
     * @param name the context path without its slash
     */
    public static WebArchive with(String name, String... packages) {
        return withStack(plain(name, packages));
    }

    /** As {@link #with}, and with a CDI container, of its own unless the server brings one. */
    public static WebArchive withCdi(String name, String... packages) {
        return libraries(with(name, packages), "it.cdi").addAsWebInfResource(new StringAsset("<beans/>"), "beans.xml");
    }

    /** As {@link #with}, but without a JAX-RS stack: plain servlets on a plain servlet container. */
    public static WebArchive plain(String name, String... packages) {
        WebArchive war =
                ShrinkWrap.create(WebArchive.class, name + ".war").addAsWebResource(new StringAsset("here"), MARK);
        built("libraries.war")
                .getContent(Filters.include("/WEB-INF/lib/.+"))
                .forEach((path, node) -> war.add(Objects.requireNonNull(node.getAsset()), path));
        for (String classes : packages) {
            addClasses(war, PACKAGES + classes);
        }
        return forPayara(name.equals(ROOT) ? atTheRoot(war) : war);
    }

    /** With what Payara must be told: not to judge roles by a login of its own, and what it does not know by the name. */
    private static WebArchive forPayara(WebArchive war) {
        return war.addAsWebInfResource(
                new StringAsset(
                        """
                        <payara-web-app>
                          %s
                          <jaxrs-roles-allowed-enabled>false</jaxrs-roles-allowed-enabled>
                        </payara-web-app>
                        """.formatted(war.getName().equals(ROOT + ".war") ? "<context-root>/</context-root>" : "")),
                "payara-web.xml");
    }

    /** In the way of Open Liberty, which does not know it by its name. */
    private static WebArchive atTheRoot(WebArchive war) {
        return war.addAsWebInfResource(new StringAsset("""
                        <web-ext xmlns="http://websphere.ibm.com/xml/ns/javaee" version="1.0">
                          <context-root uri="/"/>
                        </web-ext>
                        """), "ibm-web-ext.xml");
    }

    private static WebArchive built(String name) {
        return ShrinkWrap.create(ZipImporter.class, name)
                .importFrom(property("it.war").toFile())
                .as(WebArchive.class);
    }

    private static WebArchive withStack(WebArchive war) {
        return libraries(war, "it.stack");
    }

    /** With the jars of the folder that this system property names; nothing to add if that is {@code none}. */
    private static WebArchive libraries(WebArchive war, String folder) {
        if ("none".equals(System.getProperty(folder))) {
            return war;
        }
        File[] jars = property(folder).toFile().listFiles((parent, name) -> name.endsWith(".jar"));
        if (jars == null || jars.length == 0) {
            throw new IllegalStateException(folder + ": no jars in " + property(folder));
        }
        return war.addAsLibraries(jars);
    }

    private static void addClasses(WebArchive war, String folder) {
        Path root = property("it.classes");
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            files.filter(Files::isRegularFile)
                    .forEach(
                            file -> war.add(new FileAsset(file.toFile()), "/WEB-INF/classes/" + root.relativize(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path property(String name) {
        return Path.of(Objects.requireNonNull(System.getProperty(name), name)).normalize();
    }
}
