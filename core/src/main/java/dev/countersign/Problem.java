package dev.countersign;

import java.util.List;
import java.util.Optional;

/**
 * What a refusal says in its body (RFC 9457), without the request id, which makes its {@code instance}.
 *
 * @param reason the stable code, and with it the title
 * @param status the HTTP status
 * @param error the OAuth error, the same as in the challenge
 * @param accepted the alternatives of the rule, each a list of scheme names; empty where it does not apply
 * @param requiredScopes the scopes asked for; empty where it does not apply
 */
public record Problem(
        RejectionReason reason,
        int status,
        Optional<String> error,
        List<List<String>> accepted,
        List<String> requiredScopes) {

    /** Copies the lists. */
    public Problem {
        accepted = List.copyOf(accepted);
        requiredScopes = List.copyOf(requiredScopes);
    }
}
