package dev.countersign.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The keys below one prefix, read with their types. Reading declares a key: what nobody read is unknown, and stops the
 * deployment with the nearest declared name.
 *
 * <p>A value may contain {@code ${env:NAME}}, {@code ${file:PATH}} and {@code ${sys:NAME}} anywhere; what they bring in
 * is taken as it is, without further references, a file's without one line break at its end. A key that is set to
 * nothing is a problem: leave it out instead. What {@link #values} and {@link #file} read follows its files; everything
 * else is read once.
 *
 * <p>A value that is missing or wrong is reported as a problem and the fallback (or an empty value) is returned, so that
 * one start finds every problem. Names are relative to the section, such as {@code clock-skew}.
 */
public interface Section {
    /** Whether {@code text} can be the name of a scheme, a path rule, a limit …: {@code [a-z][a-z0-9-]*}. */
    static boolean isName(String text) {
        return ValueFormat.isName(text);
    }

    /** The full key for a name, such as {@code countersign.scheme.jwt.clock-skew}: for messages. */
    String key(String name);

    /** The section below this one, such as {@code scheme.jwt}. */
    Section section(String prefix);

    /**
     * The names directly below {@code prefix}: for {@code paths.a.pattern} and {@code paths.b.require}, a and b; but not
     * c for {@code paths.c} itself, which is a key and not a name. A name that is not {@link #isName} is a problem.
     *
     * <p>The environment adds no names, since a variable's name does not tell where a name ends: it can only give keys
     * to names that another source or the application knows.
     *
     * @return sorted; unmodifiable
     */
    Set<String> names(String prefix);

    /**
     * The names directly below {@code prefix} whatever they look like: for {@code secrets.A} and {@code secrets.b.owner}, A
     * and b. One that does not fit is a problem, and what stands below it is not reported one by one. As with {@link
     * #names(String)}, the environment adds none.
     *
     * @param rule whether a name, which has no dot, fits
     * @param expected what fits, for the message
     * @return sorted; unmodifiable
     */
    Set<String> names(String prefix, Predicate<String> rule, String expected);

    /** The value, trimmed; empty if it is not set. */
    Optional<String> text(String name);

    /** As {@link #text(String)}, for a key that may be set to nothing, and means that then: an empty string. */
    Optional<String> textOrNothing(String name);

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

    /** An ISO-8601 duration from {@code min} to {@code max}; empty if it is not set, or {@code off}. */
    Optional<Duration> duration(String name, Duration min, Duration max);

    /** One of the constants, written in lower case with dashes. */
    <E extends Enum<E>> E choice(String name, Class<E> type, E fallback);

    /**
     * The values of {@code name}, {@code name.1}, {@code name.2} … in this order, parsed together, and parsed again when
     * a file behind one of them ({@code ${file:…}}) changes. What a reference brought in keeps its white space.
     *
     * @param parser throws {@link IllegalArgumentException} with a message that carries no secret; at start that is a
     *     problem of the key, later the value before stays and the log tells
     * @return empty if none is set, or if the parser refused at start
     */
    <T> Optional<Reloadable<T>> values(String name, Function<List<String>, T> parser);

    /**
     * As {@link #values}; if none is set, a problem that says what is expected.
     *
     * @return empty with a problem
     */
    <T> Optional<Reloadable<T>> requiredValues(String name, String expected, Function<List<String>, T> parser);

    /**
     * The content of the file that {@code name} points to with {@code file:<path>}, parsed, and parsed again when it
     * changes. Relative paths, and those below {@code /WEB-INF/}, are looked up in the web application first, then in the
     * working directory. A file that turns empty is taken for one that is being written: the value before stays.
     *
     * @param parser as in {@link #values}, given the file's text
     * @return empty if the key is not set, or with a problem: not a {@code file:}, missing, unreadable, refused
     */
    <T> Optional<Reloadable<T>> file(String name, Function<String, T> parser);

    /**
     * Declares every key of this section, after a problem that leaves unknown which keys it has, such as an unknown type
     * of scheme: they are not reported one by one.
     */
    void ignoreRest();

    /**
     * A part of a value for a message: cut, and without control characters. Where the value refers to the environment, a
     * file or a system property, what that brought in may be a secret that was put in the wrong place: then it is the
     * value as it is written.
     */
    String shown(String name, String part);

    /**
     * Reports a problem of one key: {@code countersign.<…>: <what>}. Never a secret's value, length or prefix; of a value
     * only what {@link #shown} gives.
     */
    void problem(String name, String what);

    /** Logs a warning of one key when the deployment succeeds. */
    void warning(String name, String what);
}
