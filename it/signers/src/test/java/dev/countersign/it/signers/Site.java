package dev.countersign.it.signers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp;
import dev.countersign.it.RawHttp.RawResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.JarScanType;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** The application on an embedded Tomcat, on the loopback address alone. */
final class Site implements AutoCloseable {
    private static final Path WAR = Path.of("target", "signers");

    private static final int SHOWN = 2_000;

    private final Tomcat tomcat = new Tomcat();
    private final Path folder;

    private Site(Path folder) {
        this.folder = folder;
    }

    static Site start(Place place) throws IOException, LifecycleException {
        Site site = new Site(Files.createTempDirectory("signers"));
        Files.createDirectories(site.folder.resolve("webapps"));
        Tomcat tomcat = site.tomcat;
        tomcat.setBaseDir(site.folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        // Whether %2F may be in a path is the application's to say here.
        tomcat.getConnector().setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        // Without the servlet for JSP, which the embedded server has no classes for.
        tomcat.setAddDefaultWebXmlToWebapp(false);
        Context context = tomcat.addWebapp("", unpacked(place, site.folder).toString());
        Settings.of(place).forEach(context::addParameter);
        if (context.getJarScanner() instanceof StandardJarScanner scanner) {
            // The class path of the tests is none of the application's.
            scanner.setScanClassPath(false);
            scanner.setJarScanFilter((type, jar) -> type == JarScanType.PLUGGABILITY);
        }
        tomcat.start();
        if (!context.getState().isAvailable()) {
            site.close();
            throw new IllegalStateException("The application did not start; the log above says why");
        }
        return site;
    }

    /** Twilio signs the URL that the world knows, so that its webhooks are only where there is one. */
    private static Path unpacked(Place place, Path folder) throws IOException {
        if (place == Place.PROXIED) {
            return WAR.toAbsolutePath();
        }
        Path copy = folder.resolve("war");
        try (Stream<Path> files = Files.walk(WAR)) {
            for (Path file :
                    files.filter(name -> !name.endsWith("TwilioHook.class")).toList()) {
                Files.copy(file, copy.resolve(WAR.relativize(file).toString()));
            }
        }
        return copy;
    }

    /** Without a slash at its end. */
    URI uri() {
        return URI.create("http://localhost:" + tomcat.getConnector().getLocalPort());
    }

    /** Sends a request as it is. */
    RawResponse send(Message request) {
        try {
            return RawHttp.to(URI.create("http://127.0.0.1:" + uri().getPort()).toURL())
                    .send(request.bytes(uri()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every changed copy is refused, and none of them keeps the request itself from being accepted then. */
    void acceptsOnlyAsSigned(Message signed, String caller, Changes changes) {
        refuses(changes);
        accepts(signed, caller, signed.body());
    }

    /** Every changed copy is refused. */
    void refuses(Changes changes) {
        Map<String, String> notRefused = new LinkedHashMap<>();
        changes.copies().forEach((name, changed) -> {
            RawResponse response = send(changed);
            if (!changes.isRefusal(name, response.status())) {
                notRefused.put(name, shortened(changed.target()) + " -> " + response);
            }
        });
        assertThat(notRefused).isEmpty();
        assertThat(changes.copies()).isNotEmpty();
    }

    /** The resource was called by this caller, with these bytes. */
    void accepts(Message signed, String caller, String body) {
        RawResponse response = send(signed);
        assertThat(response.status())
                .as("%s -> %s", shortened(signed.toString()), response)
                .isEqualTo(200);
        assertThat(response.text()).isEqualTo(caller + " " + sha256(body));
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    static String sha256(String body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException, LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
