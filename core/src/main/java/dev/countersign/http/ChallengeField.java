package dev.countersign.http;

import java.util.List;
import java.util.Optional;

/**
 * One challenge as received in {@code WWW-Authenticate} (RFC 9110 section 11.6.1).
 *
 * @param scheme the scheme token as it was sent
 * @param token68 the token68 that follows the scheme, if it is of that form; then there are no parameters
 * @param parameters the parameters in their order, values unquoted, names as sent and each but once
 */
public record ChallengeField(String scheme, Optional<String> token68, List<Parameter> parameters) {
    /**
     * One {@code auth-param} (RFC 9110 section 11.2).
     *
     * @param name the name as sent; compared without regard to ASCII case
     * @param value the value without quotes and backslashes
     */
    public record Parameter(String name, String value) {}

    /** Copies the parameters. */
    public ChallengeField {
        parameters = List.copyOf(parameters);
    }

    /**
     * Reads all challenges of a response, whether each has a line of its own or several share one.
     *
     * @param fieldLines the field's values, one entry per line; together at most 16 KiB, 64 challenges and 64 parameters
     *     each
     * @return the challenges in their order, none if the lines are empty; or empty if any part breaks the grammar or a
     *     limit, or a parameter stands twice in a challenge
     */
    public static Optional<List<ChallengeField>> parse(List<String> fieldLines) {
        ChallengeParser parser = new ChallengeParser();
        int total = 0;
        for (String line : fieldLines) {
            total += line.length();
            if (total > ChallengeParser.MAX_LENGTH || !parser.line(line)) {
                return Optional.empty();
            }
        }
        return Optional.of(parser.challenges());
    }

    /** Whether the scheme is this one, without regard to ASCII case. */
    public boolean is(String otherScheme) {
        return Ascii.equalsIgnoreCase(scheme, otherScheme);
    }

    /** The value of a parameter, its name compared without regard to ASCII case; empty if it is not there. */
    public Optional<String> parameter(String name) {
        for (Parameter parameter : parameters) {
            if (Ascii.equalsIgnoreCase(parameter.name(), name)) {
                return Optional.of(parameter.value());
            }
        }
        return Optional.empty();
    }
}
