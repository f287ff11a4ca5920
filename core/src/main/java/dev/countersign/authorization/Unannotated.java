package dev.countersign.authorization;

/** What a resource method needs that carries no annotation at all: {@code countersign.unannotated}. */
public enum Unannotated {
    /** The default expression. */
    AUTHENTICATED,
    /** Nobody gets in. */
    DENY,
    /** As {@code @PermitAll}. */
    PERMIT
}
