package dev.countersign.servlet;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;

/** One application at {@code /app} on an embedded server, on a free port of the loopback interface. */
final class TestServer implements AutoCloseable {
    /** The servers. */
    enum Kind {
        TOMCAT,
        JETTY
    }

    /** Registers an application's servlets and filters, before Countersign's initializer runs. */
    @FunctionalInterface
    interface App {
        void register(ServletContext context) throws Exception;
    }

    /** The server did not start the application. */
    static final class NotStarted extends Exception {
        private static final long serialVersionUID = 1L;

        NotStarted(Throwable cause) {
            super(cause);
        }
    }

    private interface Stop {
        void run() throws Exception;
    }

    private final int port;
    private final Stop stop;

    private TestServer(int port, Stop stop) {
        this.port = port;
        this.stop = stop;
    }

    /** Starts an application; {@code annotated} is what a container would hand to the initializer. */
    static TestServer start(Kind kind, App app, Class<?>... annotated) throws NotStarted, IOException {
        Path base = Files.createTempDirectory("countersign");
        Files.createDirectories(base.resolve("WEB-INF"));
        Files.writeString(base.resolve("static.txt"), "a static file");
        return start(kind, base, app, annotated);
    }

    static TestServer start(Kind kind, Path base, App app, Class<?>... annotated) throws NotStarted, IOException {
        ServletContainerInitializer registers = (classes, context) -> {
            try {
                app.register(context);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        Set<Class<?>> handled = new LinkedHashSet<>(Set.of(annotated));
        return kind == Kind.TOMCAT ? tomcat(base, registers, handled) : jetty(base, registers, handled);
    }

    private static TestServer tomcat(Path base, ServletContainerInitializer app, Set<Class<?>> annotated)
            throws NotStarted, IOException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setAllowTrace(true);
        Context context = tomcat.addContext("/app", base.toString());
        context.setDisplayName("orders");
        Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet");
        context.addServletMappingDecoded("/", "default");
        context.addServletContainerInitializer(app, Set.of());
        context.addServletContainerInitializer(new CountersignInitializer(), annotated);
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new NotStarted(e);
        }
        Stop stop = () -> {
            tomcat.stop();
            tomcat.destroy();
        };
        if (!context.getState().isAvailable()) {
            try {
                stop.run();
            } catch (Exception e) {
                throw new NotStarted(e);
            }
            throw new NotStarted(new IllegalStateException("The context is " + context.getState()));
        }
        return new TestServer(tomcat.getConnector().getLocalPort(), stop);
    }

    private static TestServer jetty(Path base, ServletContainerInitializer app, Set<Class<?>> annotated)
            throws NotStarted {
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ServletContextHandler context = new ServletContextHandler("/app");
        context.setDisplayName("orders");
        context.setBaseResourceAsPath(base);
        context.addServlet(org.eclipse.jetty.ee10.servlet.DefaultServlet.class, "/");
        context.addServletContainerInitializer(app);
        context.addServletContainerInitializer(new CountersignInitializer(), annotated.toArray(new Class<?>[0]));
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            try {
                server.stop();
            } catch (Exception again) {
                e.addSuppressed(again);
            }
            throw new NotStarted(e);
        }
        return new TestServer(server.getURI().getPort(), server::stop);
    }

    int port() {
        return port;
    }

    RawHttp.Answer send(String method, String path, String... fields) throws IOException {
        return RawHttp.send(port, method, "/app" + path, fields);
    }

    RawHttp.Answer get(String path, String... fields) throws IOException {
        return send("GET", path, fields);
    }

    @Override
    public void close() {
        try {
            stop.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
