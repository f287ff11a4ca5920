package dev.countersign;

import java.util.ArrayList;
import java.util.List;

/**
 * One challenge of a {@code WWW-Authenticate} field (RFC 9110 section 11.6.1): a scheme token and its parameters, in the
 * order in which they are sent. Values are the plain ones; quoting happens when the challenge is formatted.
 *
 * @param scheme the challenge's scheme token, such as {@code Bearer}
 * @param parameters name and value pairs; each name at most once (section 11.2)
 */
public record Challenge(String scheme, List<Parameter> parameters) {
    /** One auth-param (RFC 9110 section 11.2). */
    public record Parameter(String name, String value) {}

    /** Copies the parameters and refuses a name that stands twice. */
    public Challenge {
        parameters = List.copyOf(parameters);
        for (int i = 0; i < parameters.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (parameters.get(i).name().equalsIgnoreCase(parameters.get(j).name())) {
                    throw new IllegalArgumentException(
                            "A challenge has the parameter " + parameters.get(i).name() + " twice");
                }
            }
        }
    }

    /** A challenge that has its realm, as every challenge of ours has. */
    public static Builder of(String scheme, String realm) {
        return new Builder(scheme).with("realm", realm);
    }

    /** Adds parameters in the order in which they are sent. */
    public static final class Builder {
        private final String scheme;
        private final List<Parameter> parameters = new ArrayList<>();

        private Builder(String scheme) {
            this.scheme = scheme;
        }

        /** Adds one parameter. */
        public Builder with(String name, String value) {
            parameters.add(new Parameter(name, value));
            return this;
        }

        /** The challenge. */
        public Challenge build() {
            return new Challenge(scheme, parameters);
        }
    }
}
