package dev.countersign.it.tomcat10;

import dev.countersign.it.wars.CrowdOnThreads.OwnServer;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.JarScanType;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.jboss.shrinkwrap.api.exporter.ExplodedExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A Tomcat on a port of its own. Deployments are unpacked, so that their files can change. */
final class OwnTomcat implements OwnServer, AutoCloseable {
    private static final int PATIENCE = 100_000_000;

    private final Tomcat tomcat = new Tomcat();
    private final Path folder;

    private OwnTomcat(Path folder) {
        this.folder = folder;
    }

    /** @param connector sets the threads of the one connector */
    static OwnTomcat start(Consumer<Connector> connector) throws IOException, LifecycleException {
        OwnTomcat server = new OwnTomcat(Files.createTempDirectory("own-tomcat"));
        Files.createDirectories(server.folder.resolve("webapps"));
        server.tomcat.setBaseDir(server.folder.toString());
        server.tomcat.setPort(0);
        server.tomcat.getEngine().setName("own-" + server.folder.getFileName());
        connector.accept(server.tomcat.getConnector());
        server.tomcat.start();
        return server;
    }

    @Override
    public URL deploy(WebArchive war) throws IOException {
        String name = war.getName().substring(0, war.getName().length() - ".war".length());
        add(name, unpack(war));
        return url(name);
    }

    /** The folder of the WAR's files. */
    Path unpack(WebArchive war) {
        return war.as(ExplodedExporter.class).exportExploded(folder.toFile()).toPath();
    }

    /** Deploys what was unpacked. */
    Context add(String name, Path unpacked) {
        Context context = tomcat.addWebapp("/" + name, unpacked.toString());
        if (context.getJarScanner() instanceof StandardJarScanner scanner) {
            // The class path of the tests is none of the application's.
            scanner.setScanClassPath(false);
            // There are no tag libraries.
            scanner.setJarScanFilter((type, jar) -> type == JarScanType.PLUGGABILITY);
        }
        if (!context.getState().isAvailable()) {
            throw new IllegalStateException(name + " did not start");
        }
        return context;
    }

    /** Undeploys, once no thread is busy any more: a client has an answer before the server has put its request away. */
    void remove(Context context) {
        Object threads = tomcat.getConnector().getProtocolHandler().getExecutor();
        for (int i = 0; i < PATIENCE && ((ThreadPoolExecutor) threads).getActiveCount() > 0; i++) {
            Thread.onSpinWait();
        }
        tomcat.getHost().removeChild(context);
    }

    URL url(String name) throws IOException {
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/" + name + "/")
                .toURL();
    }

    @Override
    public void stop() throws LifecycleException, IOException {
        close();
    }

    @Override
    public void close() throws LifecycleException, IOException {
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
