package dev.countersign.servlet.config;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The init-params of the filter and the context-params, as far as they are Countersign's: both keep the prefix. */
public final class Parameters {
    private static final String PREFIX = "countersign.";

    private Parameters() {}

    /** The parameters of the application and of this filter; the filter's win. */
    public static Map<String, String> of(ServletContext context, Iterable<? extends FilterRegistration> filters) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            if (name.startsWith(PREFIX)) {
                parameters.put(name, context.getInitParameter(name));
            }
        }
        for (FilterRegistration filter : filters) {
            filter.getInitParameters().forEach((name, value) -> {
                // Every init-param of our own filter is ours, so that one without the prefix is reported as unknown.
                parameters.put(name, value);
            });
        }
        return parameters;
    }
}
