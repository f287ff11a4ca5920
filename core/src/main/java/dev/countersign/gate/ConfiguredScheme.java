package dev.countersign.gate;

import dev.countersign.AuthenticationScheme;
import java.util.Optional;

/**
 * A scheme with the settings that every scheme has.
 *
 * @param scheme the scheme
 * @param tenant the tenant of its identities that name none themselves
 * @param challenge when its challenge is sent
 */
public record ConfiguredScheme(AuthenticationScheme scheme, Optional<String> tenant, ChallengeMode challenge) {
    /** When the challenge of a scheme is sent; whatever it says, a 401 keeps at least one challenge. */
    public enum ChallengeMode {
        /** Always. */
        ON,
        /** Never. */
        OFF,
        /** Not to requests that a script sent: {@code X-Requested-With: XMLHttpRequest} or {@code Sec-Fetch-Mode: cors}. */
        NON_XHR
    }
}
