package dev.countersign.gate;

import dev.countersign.http.PathPolicy;
import java.util.Optional;
import java.util.Set;

/**
 * What the Gate itself can be told.
 *
 * @param https whether plain HTTP is served at all
 * @param cleartextAllowed whether credentials are accepted over plain HTTP
 * @param proxiesTrusted whether any proxy is trusted, which ends the exemption for a laptop
 * @param paths which paths are accepted
 * @param queryNames query parameters that carry credentials elsewhere, and never here
 * @param challengeOrder the order of challenges
 * @param challengeScope when challenges tell the scopes of the rule
 * @param resourceMetadataUrl the {@code resource_metadata} of token challenges (RFC 9728 section 5.1)
 * @param problemBodies whether refusals have a body (RFC 9457)
 * @param errorsBaseUri what a problem's {@code type} begins with; without it the type is {@code about:blank}
 * @param denyAsNotFound whether an endpoint that nobody may call answers 404 instead of 403
 */
public record GateSettings(
        Https https,
        boolean cleartextAllowed,
        boolean proxiesTrusted,
        PathPolicy paths,
        Set<String> queryNames,
        ChallengeOrder challengeOrder,
        ChallengeScope challengeScope,
        Optional<String> resourceMetadataUrl,
        boolean problemBodies,
        Optional<String> errorsBaseUri,
        boolean denyAsNotFound) {

    /** Whether plain HTTP is served. */
    public enum Https {
        /** Endpoints that need a credential need HTTPS, but for a laptop talking to itself. */
        TRUE,
        /** Endpoints that need a credential need HTTPS. */
        ALWAYS,
        /** Plain HTTP is as good as HTTPS: somebody else sees to it. */
        FALSE
    }

    /** The order of the challenges of one answer. */
    public enum ChallengeOrder {
        /** Basic, Bearer, DPoP, then private tokens, so that simple clients find what they know first. */
        COMPAT,
        /** As {@code countersign.schemes} lists them. */
        CONFIGURED
    }

    /** When a token challenge tells the scopes of the rule. */
    public enum ChallengeScope {
        /** Always. */
        ALWAYS,
        /** Only with {@code insufficient_scope}. */
        INSUFFICIENT,
        /** Never. */
        NEVER
    }

    /** Copies the names. */
    public GateSettings {
        queryNames = Set.copyOf(queryNames);
    }
}
