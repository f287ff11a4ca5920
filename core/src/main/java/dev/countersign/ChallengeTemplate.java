package dev.countersign;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How a scheme asks for a credential: the fixed parts of its challenge. The Gate adds what depends on the rule and the
 * outcome, in the order that SPEC section 5 G4 fixes: realm, {@code parameters}, scope, error, error_description,
 * resource_metadata.
 *
 * @param scheme the challenge's scheme token, such as {@code Bearer}
 * @param realm the realm of this scheme
 * @param parameters what follows the realm: {@code charset}, {@code in}, {@code name} …
 * @param showsScope whether the challenge tells the scopes of the rule and, where configured, the resource metadata
 * @param explains what the challenge says of a failure of its own credential; empty for schemes without such parameters
 */
public record ChallengeTemplate(
        String scheme,
        String realm,
        List<Challenge.Parameter> parameters,
        boolean showsScope,
        Function<RejectionReason, Optional<Explanation>> explains) {

    /**
     * The {@code error} and, where the scheme has one, the {@code error_description} of a challenge.
     *
     * @param error a stable token, such as {@code invalid_token}
     * @param description a fixed text, or empty to leave it out
     */
    public record Explanation(String error, Optional<String> description) {}

    /** Copies the parameters. */
    public ChallengeTemplate {
        parameters = List.copyOf(parameters);
    }

    /** The names of the parameters that the Gate itself adds, which a template must not use. */
    public static final Set<String> RESERVED = Set.of(
            "realm", "scope", "error", "error_description", "acr_values", "max_age", "resource_metadata", "algs");
}
