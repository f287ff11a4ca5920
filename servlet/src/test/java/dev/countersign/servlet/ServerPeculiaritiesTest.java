package dev.countersign.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.servlet.TestServer.Kind;
import dev.countersign.servlet.config.WebXml;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What Open Liberty tells, and does not bear, unlike the servers that the other tests run on. */
class ServerPeculiaritiesTest {

    /** A resource for the test. */
    @Path("who")
    public static final class Who {
        @GET
        public String who() {
            return "somebody";
        }
    }

    private static <T> T of(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
            throws ReflectiveOperationException {
        return method.invoke(target, arguments);
    }

    /** A filter that is mapped to nothing that the server tells of. */
    private static FilterRegistration unmapped(String name, String className) {
        return of(FilterRegistration.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getName" -> name;
            case "getClassName" -> className;
            default -> null;
        });
    }

    private static ServletContext with(FilterRegistration filter) {
        Map<String, Object> attributes = new HashMap<>();
        return of(ServletContext.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getFilterRegistrations" -> Map.of(filter.getName(), filter);
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            case "getAttribute" -> attributes.get((String) arguments[0]);
            default -> null;
        });
    }

    @Test
    void null_instead_of_mappings_means_none() {
        FilterRegistration other = unmapped("other", "org.example.Other");
        ServletContext context = with(other);
        FilterOrder.remember(context);
        assertThat(FilterOrder.patterns(other)).isEmpty();
        assertThat(FilterOrder.servlets(other)).isEmpty();
        assertThat(FilterOrder.standsBeforeLast(context, WebXml.none(), other)).isTrue();
    }

    @Test
    void a_filter_of_ours_that_is_mapped_to_null_guards_nothing() {
        ServletContext context = with(unmapped("ours", CountersignFilter.class.getName()));
        assertThat(FilterOrder.isGuarded(context)).isFalse();
        assertThat(FilterOrder.problems(context, WebXml.none()))
                .containsExactly("filter ours: mapped to  (expected: /*)");
    }

    /** The context, with servlets that note what is asked of them. */
    private static ServletContext noting(ServletContext context, List<String> noted) {
        return of(ServletContext.class, (proxy, method, arguments) -> {
            if (!method.getName().equals("getServletRegistrations")) {
                return call(context, method, arguments);
            }
            Map<String, ServletRegistration> servlets = new HashMap<>();
            context.getServletRegistrations()
                    .forEach((name, servlet) ->
                            servlets.put(name, of(ServletRegistration.Dynamic.class, (registration, asked, given) -> {
                                noted.add(name + " " + asked.getName());
                                return call(servlet, asked, given);
                            })));
            return servlets;
        });
    }

    @Test
    void a_start_among_the_servlets_changes_no_servlet_and_JAX_RS_is_served_all_the_same() throws Exception {
        List<String> noted = new ArrayList<>();
        try (TestServer server = TestServer.start(
                Kind.TOMCAT,
                context -> {
                    Countersign.builder()
                            .scheme(new TestScheme("key", "x-key"))
                            .build()
                            .install(context);
                    var servlet = context.addServlet("api", new ServletContainer(new ResourceConfig(Who.class)));
                    servlet.setAsyncSupported(true);
                    servlet.addMapping("/api/*");
                    context.addListener(new ServletContextListener() {
                        @Override
                        public void contextInitialized(ServletContextEvent event) {
                            Start.early(noting(context, noted));
                        }
                    });
                },
                Who.class)) {
            assertThat(noted).contains("api getName").noneMatch(asked -> asked.contains(" set"));
            assertThat(server.get("/api/who", "X-Key: alice").body()).isEqualTo("somebody");
            assertThat(server.get("/api/who").status()).isEqualTo(401);
        }
    }
}
