package dev.countersign.scheme;

import dev.countersign.AuthenticationScheme;
import dev.countersign.settings.Section;
import java.util.Optional;

/**
 * Makes a scheme of one type from its settings. Found with {@link java.util.ServiceLoader}, so that applications can add
 * types of their own.
 */
public interface SchemeFactory {
    /** The type, as {@code countersign.scheme.<name>.type} names it. */
    String type();

    /**
     * The scheme of this name. Reads every key of its section whether or not an earlier one is wrong, so that one start
     * shows every problem.
     *
     * @param section {@code countersign.scheme.<name>}; the keys {@code type}, {@code challenge} and {@code tenant} of
     *     every scheme are read by the caller, {@code realm} by the factory
     * @return empty if a problem was reported
     */
    Optional<AuthenticationScheme> create(String name, Section section, SchemeContext context);
}
