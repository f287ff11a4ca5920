package dev.countersign.state;

import java.util.List;

/**
 * A piece of a change stream.
 *
 * @param values the content of the changes, in the order in which they were appended; not to be modified
 * @param cursor where the next reading goes on: opaque, at most 256 characters, worth something only to the store that
 *     gave it
 * @param more whether there were further changes when this was read
 */
public record Changes(List<byte[]> values, String cursor, boolean more) {
    /** The cursor of a first reading. */
    public static final String START = "";

    /** Copies the list. */
    public Changes {
        values = List.copyOf(values);
    }
}
