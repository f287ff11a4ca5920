package dev.countersign.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes the deliveries of one webhook, and each event once: 401 without a good signature, and 200 without a call for an
 * event that was handled before.
 *
 * <p>{@code @Webhook("stripe")} is {@code @Authenticated(schemes = "stripe")} and more: an event counts as handled when
 * the answer to it has a status from 200 to 299; after any other one the next delivery is handled again. A delivery that
 * comes while the same event is being handled is answered 409.
 *
 * <p>It stands where {@link Authenticated} stands, and counts as the same annotation: on a method it replaces either of
 * them on the class, and both on one element stop the deployment.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Webhook {
    /** The name of the scheme; an unknown one, and one that is no webhook, stops the deployment. */
    String value();

    /** Whether an event is handled once. Default: {@code true}; else each good delivery is let through. */
    boolean dedupe() default true;
}
