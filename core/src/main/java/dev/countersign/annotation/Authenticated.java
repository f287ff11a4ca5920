package dev.countersign.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a credential: 401 without a good one.
 *
 * <p>{@code @Authenticated(schemes = {"key+jwt", "basic"})} takes an API key together with a JWT, or else a user name
 * and password, under the names that {@code countersign.schemes} gives. On a class it holds for every resource method
 * that has no {@code @Authenticated} of its own. An unknown name, an empty entry, a part named twice, and an alternative
 * that contains all parts of an earlier one stop the deployment.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Authenticated {
    /**
     * The ways in: each entry is an alternative, tried in order, and inside an entry {@code +} means all of them.
     * Default: empty, which stands for the expression of {@code countersign.default}.
     */
    String[] schemes() default {};

    /**
     * Whether a request without any credential is admitted too, in the name of nobody. Default: {@code false}. Together
     * with something that only an authenticated caller can have, a scope or a role, it stops the deployment.
     */
    boolean optional() default false;

    /**
     * What a wrong credential does where a credential is optional. Default: {@link OnInvalid#REJECT}; {@link
     * OnInvalid#IGNORE} without {@code optional = true} stops the deployment.
     */
    OnInvalid onInvalid() default OnInvalid.REJECT;
}
