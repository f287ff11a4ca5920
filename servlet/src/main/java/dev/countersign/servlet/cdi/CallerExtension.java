package dev.countersign.servlet.cdi;

import dev.countersign.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Offers {@code @Inject Caller}: request-scoped and proxied, so that a long-lived bean always sees the caller of the
 * request at hand. Loaded by CDI containers alone.
 */
public final class CallerExtension implements Extension {
    /** For CDI containers. */
    public CallerExtension() {}

    void addCaller(@Observes AfterBeanDiscovery discovery) {
        discovery
                .<Caller>addBean()
                .id(Caller.class.getName())
                .beanClass(CallerExtension.class)
                .types(Caller.class, Object.class)
                .qualifiers(Any.Literal.INSTANCE, Default.Literal.INSTANCE)
                .scope(RequestScoped.class)
                .produceWith(instance -> new RequestCaller(
                        instance.select(HttpServletRequest.class).get()));
    }
}
