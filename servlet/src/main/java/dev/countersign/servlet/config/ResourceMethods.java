package dev.countersign.servlet.config;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which methods of a class JAX-RS serves. Its annotations are known by their names, so that this class is loaded, and
 * does no harm, in an application without JAX-RS.
 */
public final class ResourceMethods {
    private static final String PATH = "jakarta.ws.rs.Path";
    private static final String HTTP_METHOD = "jakarta.ws.rs.HttpMethod";

    /**
     * A method that JAX-RS serves.
     *
     * @param method the method of the class itself
     * @param verb the HTTP method, or an empty text for a sub-resource locator
     * @param path the value of the method's {@code @Path}, or empty
     */
    public record Served(Method method, String verb, String path) {
        /** Whether this is a sub-resource locator. */
        public boolean isLocator() {
            return verb.isEmpty();
        }
    }

    private ResourceMethods() {}

    /** Whether this class, or what it extends or implements, has a {@code @Path} of its own: a root resource. */
    public static boolean isRoot(Class<?> type) {
        return !pathOf(type).isEmpty();
    }

    /** The value of the nearest {@code @Path} of the class and its supertypes, empty if there is none. */
    public static Optional<String> pathOf(Class<?> type) {
        for (Class<?> t : hierarchy(type)) {
            Annotation path = named(t, PATH);
            if (path != null) {
                return Optional.of(value(path));
            }
        }
        return Optional.empty();
    }

    /** The served methods of a class, inherited ones included, in a fixed order. */
    public static List<Served> of(Class<?> type) {
        List<Served> served = new ArrayList<>();
        for (Method method : type.getMethods()) {
            if (Modifier.isStatic(method.getModifiers()) || method.isSynthetic()) {
                continue;
            }
            Served found = served(type, method);
            if (found != null) {
                served.add(found);
            }
        }
        served.sort(Comparator.comparing((Served s) -> s.method().getName())
                .thenComparing(s -> s.method().toGenericString()));
        return served;
    }

    /** Whether JAX-RS takes this method of the class for a sub-resource locator. */
    public static boolean isLocator(Class<?> type, Method method) {
        Served found = served(type, method);
        return found != null && found.isLocator();
    }

    /** The class that the developer wrote, behind the subclasses that containers generate for their proxies. */
    public static Class<?> written(Class<?> type) {
        Class<?> written = type;
        while (isGenerated(written)) {
            Class<?> parent = written.getSuperclass();
            if (parent == null || parent == Object.class) {
                return written;
            }
            written = parent;
        }
        return written;
    }

    private static boolean isGenerated(Class<?> type) {
        String name = type.getName();
        return type.isSynthetic() || name.contains("$$") || name.contains("_WeldSubclass") || name.contains("$Proxy$");
    }

    private static @Nullable Served served(Class<?> type, Method method) {
        // Jakarta REST 3.6: annotations are inherited from the method that is overridden, if it has none itself.
        for (Class<?> t : hierarchy(type)) {
            for (Method declared : t.getDeclaredMethods()) {
                if (!overrides(method, declared)) {
                    continue;
                }
                String verb = verb(declared);
                Annotation path = named(declared, PATH);
                if (!verb.isEmpty() || path != null) {
                    return new Served(method, verb, path == null ? "" : value(path));
                }
            }
        }
        return null;
    }

    /** As runtimes see it: a parameter whose type is a type variable stands for any type. */
    private static boolean overrides(Method method, Method declared) {
        if (declared.isSynthetic()
                || !declared.getName().equals(method.getName())
                || declared.getParameterCount() != method.getParameterCount()) {
            return false;
        }
        for (int i = 0; i < method.getParameterCount(); i++) {
            if (declared.getParameterTypes()[i] != method.getParameterTypes()[i]
                    && !(declared.getGenericParameterTypes()[i] instanceof TypeVariable)) {
                return false;
            }
        }
        return true;
    }

    private static String verb(Method method) {
        for (Annotation annotation : method.getDeclaredAnnotations()) {
            Annotation designator = named(annotation.annotationType(), HTTP_METHOD);
            if (designator != null) {
                return value(designator);
            }
        }
        return "";
    }

    private static @Nullable Annotation named(AnnotatedElement element, String name) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            if (annotation.annotationType().getName().equals(name)) {
                return annotation;
            }
        }
        return null;
    }

    private static String value(Annotation annotation) {
        try {
            return String.valueOf(annotation.annotationType().getMethod("value").invoke(annotation));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("An annotation without a value: " + annotation, e);
        }
    }

    private static Set<Class<?>> hierarchy(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            all.add(c);
        }
        for (Class<?> c : List.copyOf(all)) {
            interfaces(c, all);
        }
        return all;
    }

    private static void interfaces(Class<?> type, Set<Class<?>> all) {
        for (Class<?> i : type.getInterfaces()) {
            all.add(i);
            interfaces(i, all);
        }
    }
}
