package dev.countersign.it.wars.ownfilter;

import dev.countersign.servlet.Countersign;
import dev.countersign.servlet.CountersignFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Registers the filter itself; the scheme that it names has no settings. */
public class OwnFilterInitializer implements ServletContainerInitializer {
    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter(
                "own",
                new CountersignFilter(Countersign.builder()
                        .setting("countersign.schemes", "basic")
                        .build()));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }
}
