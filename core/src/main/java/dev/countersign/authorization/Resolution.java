package dev.countersign.authorization;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which of the annotations on a method, its class and their supertypes count.
 *
 * <p>Per annotation type the nearest one counts, on the method before on the class, and other types add up. {@code
 * @PermitAll} and {@code @DenyAll} on a class give way to annotations on methods, except that a {@code @DenyAll} stays
 * where the only annotated methods are farther away than its class. A {@code @PermitAll} replaces what is farther away,
 * and stops the deployment where something nearer restricts.
 */
final class Resolution {
    private final String name;
    private final List<AccessAnnotations> sources;
    private final Problems problems;

    /**
     * @param name what is resolved, for messages
     * @param sources nearest first, and at each type its method before the type itself
     */
    Resolution(String name, List<AccessAnnotations> sources, Problems problems) {
        this.name = name;
        this.sources = sources;
        this.problems = problems;
    }

    /** The {@code @PermitAll} that decides, or null; a problem is added where it meets a nearer restriction. */
    @Nullable
    AccessAnnotations permitAll() {
        AccessAnnotations permit = first(s -> s.permitAll() && (s.onMethod() || !anyMethodIsAnnotated()));
        if (permit == null) {
            return null;
        }
        for (AccessAnnotations other : sources) {
            boolean counts = restricts(other) || (other.denyAll() && stays(other));
            if (counts && other.distance() < permit.distance()) {
                problems.problem(
                        name,
                        "the inherited @PermitAll of " + permit.name() + " meets the restriction of " + other.name()
                                + " (expected: one of them, or an annotation on the method itself)");
            } else if (counts && equallyNear(other, permit)) {
                disagree(permit, other);
            }
        }
        return permit;
    }

    /** The {@code @DenyAll} that decides where no {@code @PermitAll} does, or null. */
    @Nullable
    AccessAnnotations denyAll() {
        AccessAnnotations deny = first(s -> s.denyAll() && stays(s));
        if (deny != null) {
            for (AccessAnnotations other : sources) {
                if (restricts(other) && equallyNear(other, deny)) {
                    disagree(deny, other);
                }
            }
        }
        return deny;
    }

    /** The nearest source of one annotation type, or null; a problem is added where an equally near one differs. */
    @Nullable
    AccessAnnotations nearest(Function<AccessAnnotations, @Nullable Object> annotation) {
        AccessAnnotations nearest = first(s -> annotation.apply(s) != null);
        if (nearest != null) {
            Object answer = annotation.apply(nearest);
            for (AccessAnnotations other : sources) {
                Object its = annotation.apply(other);
                // A class whose own method answers is not asked.
                boolean asked = its != null && !(!other.onMethod() && methodAnswers(other.owner(), annotation));
                if (asked && equallyNear(other, nearest) && !its.equals(answer)) {
                    disagree(nearest, other);
                }
            }
        }
        return nearest;
    }

    /** Whether it asks for something, and its own method does not replace that by permitting or denying. */
    private boolean restricts(AccessAnnotations source) {
        return source.restricts()
                && (source.onMethod()
                        || first(s -> s.onMethod() && s.owner() == source.owner() && (s.permitAll() || s.denyAll()))
                                == null);
    }

    private boolean methodAnswers(Class<?> owner, Function<AccessAnnotations, @Nullable Object> annotation) {
        return first(s -> s.onMethod() && s.owner() == owner && annotation.apply(s) != null) != null;
    }

    private boolean anyMethodIsAnnotated() {
        return first(s -> s.onMethod() && s.any()) != null;
    }

    /** Whether no annotated method is nearer than this {@code @DenyAll}, or on its own class. */
    private boolean stays(AccessAnnotations deny) {
        return deny.onMethod()
                || first(s -> s.onMethod() && s.any() && (s.distance() < deny.distance() || s.owner() == deny.owner()))
                        == null;
    }

    /** Two methods of one type can both be overridden by one method, so these too can disagree. */
    private static boolean equallyNear(AccessAnnotations one, AccessAnnotations other) {
        return one.distance() == other.distance()
                && (!one.owner().equals(other.owner()) || (one.onMethod() && other.onMethod()));
    }

    private void disagree(AccessAnnotations one, AccessAnnotations other) {
        problems.problem(
                name,
                "the equally near annotations of " + one.name() + " and " + other.name()
                        + " disagree (expected: the same, or an annotation on the method itself)");
    }

    private @Nullable AccessAnnotations first(Function<AccessAnnotations, Boolean> condition) {
        for (AccessAnnotations source : sources) {
            if (condition.apply(source)) {
                return source;
            }
        }
        return null;
    }
}
