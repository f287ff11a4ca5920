package dev.countersign.it.jetty12;

import dev.countersign.it.wars.CrowdOnThreads.OwnServer;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.jboss.shrinkwrap.api.exporter.ExplodedExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A Jetty on a port of its own, which takes two of its pool's threads to accept connections and to watch them. */
final class OwnJetty implements OwnServer {
    private final Server server;
    private final ServerConnector connector;
    private final ContextHandlerCollection contexts = new ContextHandlerCollection();
    private final Path folder;

    private OwnJetty(ThreadPool threads, Path folder) {
        this.server = new Server(threads);
        this.connector = new ServerConnector(server, 1, 1);
        this.folder = folder;
    }

    static OwnJetty start(ThreadPool threads) throws Exception {
        OwnJetty jetty = new OwnJetty(threads, Files.createTempDirectory("own-jetty"));
        jetty.connector.setHost("127.0.0.1");
        jetty.server.addConnector(jetty.connector);
        jetty.server.setHandler(jetty.contexts);
        jetty.server.start();
        return jetty;
    }

    @Override
    public URL deploy(WebArchive war) throws Exception {
        String name = war.getName().substring(0, war.getName().length() - ".war".length());
        Path unpacked =
                war.as(ExplodedExporter.class).exportExploded(folder.toFile()).toPath();
        WebAppContext context = new WebAppContext(unpacked.toString(), "/" + name);
        context.setThrowUnavailableOnStartupException(true);
        contexts.addHandler(context);
        context.start();
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/" + name + "/")
                .toURL();
    }

    @Override
    public void stop() throws Exception {
        // Started after their parent, they are not stopped by it.
        for (Handler context : contexts.getHandlers()) {
            context.stop();
        }
        server.stop();
        delete();
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
