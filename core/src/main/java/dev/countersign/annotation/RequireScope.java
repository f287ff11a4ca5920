package dev.countersign.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for granted scopes (RFC 6749 section 3.3): 403 for an authenticated caller that lacks them.
 *
 * <p>Judged on the effective scopes: the intersection over the identities of the deciding alternative whose scheme can
 * carry scopes, of which there must be at least one. Values are compared exactly. Without an {@link Authenticated} the
 * expression of {@code countersign.default} applies. On a class it holds for every resource method that has no {@code
 * @RequireScope}, {@code @PermitAll} or {@code @DenyAll} of its own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequireScope {
    /**
     * The scopes: at least one, each a {@code scope-token} of RFC 6749 section 3.3. An empty array, an empty value and a
     * value with other characters stop the deployment.
     */
    String[] value();

    /** Whether all of several scopes are needed or one is enough. Default: {@link Match#ALL}. */
    Match match() default Match.ALL;

    /**
     * The scheme name, part of every alternative, whose identity must itself have been granted the scopes. Default:
     * empty, which stands for the effective scopes.
     */
    String from() default "";
}
