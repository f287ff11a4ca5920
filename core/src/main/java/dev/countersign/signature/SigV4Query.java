package dev.countersign.signature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request as Signature Version 4 writes it: parameters encoded anew and sorted by their encoded names, then by
 * their encoded values. A parameter without {@code =} has the empty value, a {@code +} is a plus sign and no space, and only
 * {@code &} separates. Immutable.
 *
 * <p>{@link #toString()} shows nothing: values may be credentials.
 */
public final class SigV4Query {
    /** How many parameters a query may have. */
    public static final int MAX_PARAMETERS = 2_000;

    private static final SigV4Query EMPTY = new SigV4Query(List.of());

    private record Parameter(String name, String value) {}

    private final List<Parameter> parameters;

    private SigV4Query(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /**
     * Reads a query.
     *
     * @param rawQuery as it is in the request target, without question mark; null or empty if there is none
     * @return empty if it cannot be read in one way only (a percent sign without two digits, a lone surrogate), or has more
     *     than {@value #MAX_PARAMETERS} parameters
     */
    public static Optional<SigV4Query> parse(@Nullable String rawQuery) {
        if (rawQuery == null || rawQuery.isEmpty()) {
            return Optional.of(EMPTY);
        }
        List<Parameter> parameters = new ArrayList<>();
        int start = 0;
        while (start <= rawQuery.length()) {
            int ampersand = rawQuery.indexOf('&', start);
            int end = ampersand < 0 ? rawQuery.length() : ampersand;
            int equals = rawQuery.indexOf('=', start);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            StringBuilder name = new StringBuilder(nameEnd - start + 8);
            StringBuilder value = new StringBuilder(end - nameEnd + 8);
            boolean good = parameters.size() < MAX_PARAMETERS
                    && PercentEncoding.appendOnce(name, rawQuery, start, nameEnd, false)
                    && PercentEncoding.appendOnce(value, rawQuery, Math.min(nameEnd + 1, end), end, false);
            if (!good) {
                return Optional.empty();
            }
            parameters.add(new Parameter(name.toString(), value.toString()));
            start = end + 1;
        }
        parameters.sort(Comparator.comparing(Parameter::name).thenComparing(Parameter::value));
        return Optional.of(new SigV4Query(List.copyOf(parameters)));
    }

    /** The canonical form of all parameters. */
    public String canonical() {
        return canonicalWithout("");
    }

    /** The canonical form of all parameters but those of this name: of {@code X-Amz-Signature} itself, say. */
    public String canonicalWithout(String name) {
        if (parameters.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(64 * parameters.size());
        for (Parameter parameter : parameters) {
            if (!parameter.name().equals(name) || name.isEmpty()) {
                text.append(text.isEmpty() ? "" : "&")
                        .append(parameter.name())
                        .append('=')
                        .append(parameter.value());
            }
        }
        return text.toString();
    }

    /**
     * The values of the parameters of this name, decoded, one character an octet.
     *
     * @param name of unreserved characters, case-sensitive
     */
    public List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                values.add(PercentEncoding.octets(parameter.value()));
            }
        }
        return values;
    }

    /** The same with the values of this parameter replaced by {@code ****}: for a log. */
    public SigV4Query masked(String name) {
        return new SigV4Query(parameters.stream()
                .map(parameter -> parameter.name().equals(name) ? new Parameter(name, "****") : parameter)
                .toList());
    }

    /** Only the type's name. */
    @Override
    public String toString() {
        return "SigV4Query[****]";
    }
}
