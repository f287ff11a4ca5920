package dev.countersign.signature;

import java.util.List;

/** The field lines of a message, by name. */
@FunctionalInterface
public interface Fields {
    /** No field at all. */
    Fields NONE = name -> List.of();

    /**
     * The values of the lines of a field, in order, as they came; empty if there is none.
     *
     * @param name in lower case; matched without regard to ASCII case
     */
    List<String> lines(String name);
}
