package dev.countersign.servlet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.OnOpen;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Promise;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketOverHttp2Test {
    private static final AtomicInteger OPENED = new AtomicInteger();

    @ServerEndpoint("/ws")
    public static class Endpoint {
        @OnOpen
        public void open(jakarta.websocket.Session session) {
            OPENED.incrementAndGet();
        }
    }

    @Path("/self")
    public static class Self {
        @GET
        public String get() {
            return "here";
        }
    }

    /** RFC 8441: CONNECT with {@code :protocol}, and no {@code Upgrade} field. */
    @ParameterizedTest
    @ValueSource(strings = {"/*", "/api/*"})
    void DISP_08_refuses_an_extended_CONNECT_wherever_JAX_RS_is_mapped(String jaxrs) throws Exception {
        int before = OPENED.get();
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        ServerConnector connector =
                new ServerConnector(server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/app");
        context.setDisplayName("orders");
        context.addServlet(DefaultServlet.class, "/");
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servlets, endpoints) -> endpoints.addEndpoint(Endpoint.class));
        context.addServletContainerInitializer((classes, servlets) -> {
            Countersign.builder().scheme(new TestScheme("key", "x-key")).build().install(servlets);
            var api = servlets.addServlet("api", new ServletContainer(new ResourceConfig(Self.class)));
            api.setAsyncSupported(true);
            api.addMapping(jaxrs);
        });
        context.addServletContainerInitializer(new CountersignInitializer());
        server.setHandler(context);
        HTTP2Client client = new HTTP2Client();
        try {
            server.start();
            client.start();
            CountDownLatch settings = new CountDownLatch(1);
            CompletableFuture<Session> connected = new CompletableFuture<>();
            client.connect(
                    new InetSocketAddress(connector.getHost(), connector.getLocalPort()),
                    new Session.Listener() {
                        @Override
                        public void onSettings(Session session, SettingsFrame frame) {
                            settings.countDown();
                        }
                    },
                    Promise.from(connected::complete, connected::completeExceptionally));
            Session session = connected.get(10, SECONDS);
            assertThat(settings.await(10, SECONDS)).isTrue();
            CompletableFuture<Integer> status = new CompletableFuture<>();
            session.newStream(
                    new HeadersFrame(
                            new MetaData.ConnectRequest(
                                    HttpScheme.HTTP,
                                    new HostPortHttpField("localhost:" + connector.getLocalPort()),
                                    "/app/ws",
                                    HttpFields.build().add("Sec-WebSocket-Version", "13"),
                                    "websocket"),
                            null,
                            false),
                    new Promise.Adapter<>(),
                    new Stream.Listener() {
                        @Override
                        public void onHeaders(Stream stream, HeadersFrame frame) {
                            status.complete(((MetaData.Response) frame.getMetaData()).getStatus());
                        }
                    });
            assertThat(status.get(10, SECONDS)).isEqualTo(401);
            assertThat(OPENED.get()).isEqualTo(before);
        } finally {
            client.stop();
            server.stop();
        }
    }
}
