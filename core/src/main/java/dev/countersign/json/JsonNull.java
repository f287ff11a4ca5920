package dev.countersign.json;

/** The JSON literal {@code null}, as a value of its own, so that no map or list of ours holds a Java null. */
public enum JsonNull {
    /** The only one. */
    NULL
}
