package dev.countersign.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.Adapter;

/** An exploded WAR on an embedded Tomcat, on the loopback address alone, as if TLS ended in front of it. */
final class WarServer {
    private final Tomcat tomcat;

    private WarServer(Tomcat tomcat) {
        this.tomcat = tomcat;
    }

    /**
     * Starts the server.
     *
     * @param war the folder of the WAR
     * @param parameters context parameters, which the WAR reads as its settings
     * @param virtualThreads whether requests from outside are served by virtual threads
     */
    static WarServer start(Path war, Map<String, String> parameters, boolean virtualThreads)
            throws IOException, LifecycleException {
        Path work = Files.createTempDirectory("countersign-benchmark");
        work.toFile().deleteOnExit();
        Files.createDirectories(work.resolve("webapps"));
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(work.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        tomcat.getConnector().setProperty("useVirtualThreads", String.valueOf(virtualThreads));
        tomcat.getConnector().setProperty("maxConnections", "20000");
        tomcat.getConnector().setProperty("acceptCount", "10000");
        tomcat.getConnector().setSecure(true);
        tomcat.getConnector().setScheme("https");
        // Without the servlet for JSP, which the embedded server has no classes for.
        tomcat.setAddDefaultWebXmlToWebapp(false);
        Context context = tomcat.addWebapp("", war.toAbsolutePath().toString());
        parameters.forEach(context::addParameter);
        tomcat.start();
        if (context.getState() != LifecycleState.STARTED) {
            throw new IllegalStateException("The application did not start; the log above says why");
        }
        return new WarServer(tomcat);
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    Adapter adapter() {
        return tomcat.getConnector().getProtocolHandler().getAdapter();
    }

    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
