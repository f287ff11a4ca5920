package dev.countersign.servlet.config;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The init-params of the filter and the context-params; those with the prefix are settings. */
public final class Parameters {
    private Parameters() {}

    /** The parameters of the application. */
    public static Map<String, String> ofContext(ServletContext context) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            String value = context.getInitParameter(name);
            if (value != null) {
                parameters.put(name, value);
            }
        }
        return parameters;
    }

    /** The parameters of our own filter, however often it is declared. */
    public static Map<String, String> ofFilters(Iterable<? extends FilterRegistration> filters) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (FilterRegistration filter : filters) {
            parameters.putAll(filter.getInitParameters());
        }
        return parameters;
    }
}
