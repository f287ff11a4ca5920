package dev.countersign.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The keys below one prefix, read with their types. Reading declares a key: what nobody read is unknown, and stops the
 * deployment with the nearest declared name.
 *
 * <p>A value that is missing or wrong is reported as a problem and the fallback (or an empty value) is returned, so that
 * one start finds every problem. Names are relative to the section, such as {@code clock-skew}.
 */
public interface Section {
    /** The full key for a name, such as {@code countersign.scheme.jwt.clock-skew}: for messages. */
    String key(String name);

    /** The section below this one, such as {@code scheme.jwt}. */
    Section section(String prefix);

    /** The names directly below {@code prefix}: for {@code paths.a.pattern} and {@code paths.b.require}, a and b. */
    Set<String> names(String prefix);

    /** The value, trimmed; empty if it is not set. */
    Optional<String> text(String name);

    /** The value, trimmed; {@code fallback} if it is not set. */
    default String text(String name, String fallback) {
        return text(name).orElse(fallback);
    }

    /** The value, trimmed; if it is not set, a problem that says what is expected, and an empty string. */
    String requiredText(String name, String expected);

    /** A comma-separated list, items trimmed, empty items a problem; {@code fallback} if it is not set. */
    List<String> list(String name, List<String> fallback);

    /** {@code true} or {@code false}, nothing else. */
    boolean flag(String name, boolean fallback);

    /** A whole number from {@code min} to {@code max}. */
    int number(String name, int fallback, int min, int max);

    /** A size in bytes from {@code min} to {@code max}: {@code 8192}, {@code 8 KiB}, {@code 1 MiB}. */
    int size(String name, int fallback, int min, int max);

    /** An ISO-8601 duration from {@code min} to {@code max}. */
    Duration duration(String name, Duration fallback, Duration min, Duration max);

    /** An ISO-8601 duration from {@code min} to {@code max}; empty if it is not set. */
    Optional<Duration> duration(String name, Duration min, Duration max);

    /** One of the constants, written in lower case with dashes. */
    <E extends Enum<E>> E choice(String name, Class<E> type, E fallback);

    /**
     * The values of {@code name}, {@code name.1}, {@code name.2} …, parsed together, and parsed again when a file behind
     * one of them ({@code ${file:…}}) changes.
     *
     * @param parser throws {@link IllegalArgumentException} with a message that carries no secret; at start that is a
     *     problem of the key, later the value before stays and the log tells
     * @return empty if none is set, or if the parser refused at start
     */
    <T> Optional<Reloadable<T>> values(String name, Function<List<String>, T> parser);

    /**
     * The content of the file that {@code name} points to with {@code file:<path>}, parsed, and parsed again when it
     * changes. Relative paths are looked up in the web application first, then in the working directory.
     *
     * @param parser as in {@link #values}, given the file's text
     * @return empty if the key is not set, or with a problem: not a {@code file:}, missing, unreadable, refused
     */
    <T> Optional<Reloadable<T>> file(String name, Function<String, T> parser);

    /** Reports a problem of one key: {@code countersign.<…>: <what>}. Never a secret's value, length or prefix. */
    void problem(String name, String what);

    /** Logs a warning of one key when the deployment succeeds. */
    void warning(String name, String what);
}
