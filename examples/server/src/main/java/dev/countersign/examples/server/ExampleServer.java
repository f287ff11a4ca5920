package dev.countersign.examples.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;

/** A WAR on an embedded Tomcat, on the loopback address alone. */
final class ExampleServer implements AutoCloseable {
    private final Tomcat tomcat;
    private final Path work;

    private ExampleServer(Tomcat tomcat, Path work) {
        this.tomcat = tomcat;
        this.work = work;
    }

    /**
     * Starts the server.
     *
     * @param port 0 for a free one
     * @throws IllegalStateException if the application does not start; its log says why
     */
    static ExampleServer start(Path war, String contextPath, int port) throws IOException, LifecycleException {
        Path work = Files.createTempDirectory("countersign-example");
        Files.createDirectories(work.resolve("webapps"));
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(work.toString());
        tomcat.setPort(port);
        tomcat.getConnector()
                .setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        Context context = tomcat.addWebapp(contextPath, war.toAbsolutePath().toString());
        ExampleServer server = new ExampleServer(tomcat, work);
        tomcat.start();
        if (context.getState() != LifecycleState.STARTED) {
            server.close();
            throw new IllegalStateException("The application did not start; the log above says why");
        }
        return server;
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    void await() {
        tomcat.getServer().await();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
            delete(work);
        } catch (LifecycleException e) {
            throw new IllegalStateException("The example server did not stop cleanly", e);
        }
    }

    /** Deletes a folder and what is in it. */
    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
