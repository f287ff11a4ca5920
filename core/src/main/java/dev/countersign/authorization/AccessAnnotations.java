package dev.countersign.authorization;

import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.RequireScope;
import dev.countersign.annotation.Webhook;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The access annotations that one element, a method or a class, carries itself.
 *
 * @param name the element, as messages and the map name it
 * @param owner the class, or the class that declares the method
 * @param distance of the owner from the resource class
 * @param onMethod whether the element is a method
 * @param roles the roles of {@code @RolesAllowed}, or null
 */
record AccessAnnotations(
        String name,
        Class<?> owner,
        int distance,
        boolean onMethod,
        @Nullable Authenticated authenticated,
        @Nullable Webhook webhook,
        @Nullable RequireScope requireScope,
        @Nullable Set<String> roles,
        boolean permitAll,
        boolean denyAll) {

    private static final String JAKARTA = "jakarta.annotation.security.";
    private static final Set<String> OURS =
            Set.of(Authenticated.class.getName(), Webhook.class.getName(), RequireScope.class.getName());
    private static final Set<String> THEIRS =
            Set.of(JAKARTA + "RolesAllowed", JAKARTA + "PermitAll", JAKARTA + "DenyAll");

    /** What {@code element} carries, with a problem for each annotation that could not have an effect. */
    static AccessAnnotations read(
            AnnotatedElement element, String name, Class<?> owner, int distance, boolean onMethod, Problems problems) {
        Authenticated authenticated = null;
        Webhook webhook = null;
        RequireScope requireScope = null;
        Set<String> roles = null;
        boolean permitAll = false;
        boolean denyAll = false;
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            String type = annotation.annotationType().getName();
            if (annotation instanceof Authenticated a) {
                authenticated = a;
            } else if (annotation instanceof Webhook w) {
                webhook = w;
            } else if (annotation instanceof RequireScope r) {
                requireScope = r;
            } else if (OURS.contains(type)) {
                problems.problem(
                        name,
                        "@" + annotation.annotationType().getSimpleName()
                                + " comes from another copy of countersign-core"
                                + " (expected: one copy that the application and its libraries share)");
            } else if (type.equals(JAKARTA + "RolesAllowed")) {
                roles = Roles.of(annotation);
            } else if (type.equals(JAKARTA + "PermitAll")) {
                permitAll = true;
            } else if (type.equals(JAKARTA + "DenyAll")) {
                denyAll = true;
            } else if (isComposed(annotation.annotationType(), new LinkedHashSet<>())) {
                problems.problem(
                        name,
                        "@" + annotation.annotationType().getSimpleName() + " is an annotation that carries access"
                                + " annotations, which have no effect there (expected: the annotations themselves)");
            }
        }
        return new AccessAnnotations(
                name, owner, distance, onMethod, authenticated, webhook, requireScope, roles, permitAll, denyAll);
    }

    /** Whether the element carries any of them. */
    boolean any() {
        return restricts() || permitAll || denyAll;
    }

    /** Whether the element asks for a credential, a scope or a role. */
    boolean restricts() {
        return credential() != null || requireScope != null || roles != null;
    }

    /** What says which credential is needed: the two annotations count as one type. */
    @Nullable
    Annotation credential() {
        return authenticated != null ? authenticated : webhook;
    }

    /** Whether an annotation is one of ours. */
    static boolean isOurs(Annotation annotation) {
        return OURS.contains(annotation.annotationType().getName());
    }

    /** Whether an annotation is one of Jakarta's that rules honour. */
    static boolean isTheirs(Annotation annotation) {
        return THEIRS.contains(annotation.annotationType().getName());
    }

    private static boolean isComposed(Class<? extends Annotation> type, Set<Class<?>> seen) {
        if (!seen.add(type)) {
            return false;
        }
        for (Annotation meta : type.getDeclaredAnnotations()) {
            if (isOurs(meta) || isTheirs(meta) || isComposed(meta.annotationType(), seen)) {
                return true;
            }
        }
        return false;
    }

    /** Loaded only where the annotation is there, so that a server without Jakarta Annotations can do without. */
    private static final class Roles {
        static Set<String> of(Annotation annotation) {
            return annotation instanceof RolesAllowed allowed
                    ? new LinkedHashSet<>(List.of(allowed.value()))
                    // Another loader's copy: fails closed as an empty list, which stops the deployment.
                    : Set.of();
        }
    }
}
