package dev.countersign.settings;

/**
 * A parsed value that may change while the application runs, because the file behind it does. Read it once per request
 * and use what was read.
 */
@FunctionalInterface
public interface Reloadable<T> {
    /** The value now: one volatile read. */
    T current();
}
