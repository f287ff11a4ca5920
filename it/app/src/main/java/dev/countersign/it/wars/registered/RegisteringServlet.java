package dev.countersign.it.wars.registered;

import dev.countersign.it.wars.guarded.GuardedResource;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebInitParam;
import jakarta.servlet.annotation.WebServlet;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Method;
import org.jboss.resteasy.plugins.server.servlet.HttpServlet30Dispatcher;
import org.jboss.resteasy.spi.Registry;
import org.jboss.resteasy.spi.metadata.ResourceBuilder;
import org.jboss.resteasy.spi.metadata.ResourceClass;

/** A runtime of its own: registers an instance, a class, a class elsewhere, and a resource that is code alone. */
@WebServlet(
        urlPatterns = "/api/*",
        loadOnStartup = 1,
        asyncSupported = true,
        initParams = {
            @WebInitParam(name = "resteasy.servlet.mapping.prefix", value = "/api"),
            // Without an Application, RESTEasy looks for no services.
            @WebInitParam(name = "resteasy.providers", value = "dev.countersign.servlet.jaxrs.CountersignFeature")
        })
public class RegisteringServlet extends HttpServlet30Dispatcher {
    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        Registry registry = getDispatcher().getRegistry();
        registry.addSingletonResource(new InstanceResource("instance"));
        registry.addPerRequestResource(GuardedResource.class);
        registry.addPerRequestResource(GuardedResource.class, "moved");
        registry.addPerRequestResource(function());
    }

    private static ResourceClass function() {
        return new ResourceBuilder()
                .buildRootResource(TellingFunction.class)
                .method(tell())
                .path("function")
                .get()
                .produces("text/plain")
                .param(0)
                .context()
                .buildMethod()
                .buildClass();
    }

    private static Method tell() {
        try {
            return TellingFunction.class.getMethod("tell", SecurityContext.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }
}
