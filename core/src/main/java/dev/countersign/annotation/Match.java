package dev.countersign.annotation;

/** How many of several scopes must be granted. */
public enum Match {
    /** Every one of them. */
    ALL,
    /** At least one of them. */
    ANY
}
