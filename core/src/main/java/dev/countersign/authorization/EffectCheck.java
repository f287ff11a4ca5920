package dev.countersign.authorization;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds access annotations that no request would ever meet: an annotation is never silently without effect.
 *
 * <p>JAX-RS annotations are known by their names, so that this works, and is tested, without JAX-RS.
 */
final class EffectCheck {
    private static final String PATH = "jakarta.ws.rs.Path";
    private static final String HTTP_METHOD = "jakarta.ws.rs.HttpMethod";
    private static final Set<String> SERVLET_METHODS =
            Set.of("service", "doGet", "doHead", "doPost", "doPut", "doPatch", "doDelete", "doOptions", "doTrace");

    private EffectCheck() {}

    /** Methods of a resource class and its supertypes that JAX-RS never calls. */
    static void resourceMethods(Class<?> resourceClass, Problems problems) {
        TypeHierarchy hierarchy = new TypeHierarchy(resourceClass);
        List<Method> served = new ArrayList<>();
        for (TypeHierarchy.Level level : hierarchy.levels()) {
            for (Method method : level.type().getDeclaredMethods()) {
                if (isPublicInstance(method) && isServed(method)) {
                    served.add(method);
                }
            }
        }
        for (TypeHierarchy.Level level : hierarchy.levels()) {
            for (Method method : level.type().getDeclaredMethods()) {
                if (method.isSynthetic() || !hasAccessAnnotation(method)) {
                    continue;
                }
                boolean reached =
                        isPublicInstance(method) && served.stream().anyMatch(s -> sameMethod(hierarchy, s, method));
                if (!reached) {
                    report(method, "JAX-RS never calls it (expected: on a public resource method)", problems);
                }
            }
        }
    }

    /** Methods of a servlet class, for which there are no rules. */
    static void servletMethods(Class<?> type, Problems problems) {
        for (Method method : type.getDeclaredMethods()) {
            if (method.isSynthetic() || !hasAccessAnnotation(method)) {
                continue;
            }
            String expected = "a servlet has one rule (expected: on the class, or countersign.paths)";
            if (SERVLET_METHODS.contains(method.getName())) {
                problems.problem(Names.of(method), "carries an access annotation, but " + expected);
            } else {
                report(method, expected, problems);
            }
        }
    }

    private static void report(Method method, String why, Problems problems) {
        boolean ours = false;
        for (Annotation annotation : method.getDeclaredAnnotations()) {
            ours |= AccessAnnotations.isOurs(annotation);
        }
        if (ours) {
            problems.problem(Names.of(method), "carries an access annotation without effect: " + why);
        } else {
            problems.warning(
                    Names.of(method) + ": carries an access annotation that Countersign does not enforce: " + why);
        }
    }

    private static boolean sameMethod(TypeHierarchy hierarchy, Method served, Method method) {
        return hierarchy.overridden(served, method.getDeclaringClass()).contains(method);
    }

    private static boolean isPublicInstance(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && !method.isSynthetic();
    }

    private static boolean isServed(Method method) {
        for (Annotation annotation : method.getDeclaredAnnotations()) {
            if (annotation.annotationType().getName().equals(PATH) || isDesignator(annotation.annotationType())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDesignator(AnnotatedElement type) {
        for (Annotation meta : type.getDeclaredAnnotations()) {
            if (meta.annotationType().getName().equals(HTTP_METHOD)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasAccessAnnotation(Method method) {
        for (Annotation annotation : method.getDeclaredAnnotations()) {
            if (AccessAnnotations.isOurs(annotation) || AccessAnnotations.isTheirs(annotation)) {
                return true;
            }
        }
        return false;
    }
}
