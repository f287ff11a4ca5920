package dev.countersign.gate;

import dev.countersign.AuthenticationScheme;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Exchange;
import dev.countersign.Identity;
import dev.countersign.RejectionReason;
import dev.countersign.StoreUnavailableException;
import dev.countersign.Verification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One request's way through its alternatives. Lives for one call of {@link DecidingGate#decide}, on one thread. */
final class Judgement {
    /** How the deciding ended: with identities, with a failure, with "cannot tell", or with none of them. */
    static final class Conclusion {
        static final Conclusion NONE = new Conclusion((Failure) null, null);

        final @Nullable List<Identity> identities;
        final List<EventClaim.Name> events;
        final @Nullable Failure failed;
        final @Nullable StoreUnavailableException unavailable;

        Conclusion(@Nullable Failure failed, @Nullable StoreUnavailableException unavailable) {
            this.identities = null;
            this.events = List.of();
            this.failed = failed;
            this.unavailable = unavailable;
        }

        /** @param events what the credentials of these identities told of */
        Conclusion(List<Identity> identities, List<EventClaim.Name> events) {
            this.identities = identities;
            this.events = events;
            this.failed = null;
            this.unavailable = null;
        }
    }

    /** Whose credential failed, and why. */
    record Failure(
            int scheme,
            RejectionReason reason,
            String detail,
            @Nullable ChallengeTemplate template) {}

    private final Exchange exchange;
    private final RulePlan plan;
    private final Claims claims;
    private final List<ConfiguredScheme> schemes;
    private final @Nullable Identity[] verified;
    /** Made for the first failure. */
    private @Nullable Failure @Nullable [] failures;
    /** What the credential of the scheme at a position told of; made for the first that told of anything. */
    private Map<Integer, List<String>> events = Map.of();

    Judgement(Exchange exchange, RulePlan plan, Claims claims, List<ConfiguredScheme> schemes) {
        this.exchange = exchange;
        this.plan = plan;
        this.claims = claims;
        this.schemes = schemes;
        this.verified = new @Nullable Identity[schemes.size()];
    }

    Conclusion run() {
        boolean explicitSent = false;
        // 1. Every relevant explicit credential is verified; one that is malformed or fails ends the matter.
        for (int scheme : plan.schemes()) {
            if (schemes.get(scheme).scheme().ambient() || !claims.used(scheme)) {
                continue;
            }
            explicitSent = true;
            Claim.Malformed malformed = claims.malformed(scheme);
            if (malformed != null) {
                return failure(new Failure(scheme, malformed.reason(), malformed.detail(), null));
            }
        }
        for (int scheme : plan.schemes()) {
            Credential credential = claims.credential(scheme);
            if (credential == null || schemes.get(scheme).scheme().ambient()) {
                continue;
            }
            try {
                Failure failure = verify(scheme, credential);
                if (failure != null) {
                    return failure(failure);
                }
            } catch (StoreUnavailableException e) {
                return new Conclusion(null, e);
            }
        }
        // 2. and 3. Alternatives in order; an ambient part is verified only in the alternative being tried.
        Failure ambientFailure = null;
        for (int[] alternative : plan.alternatives()) {
            if (!allPresent(alternative)) {
                continue;
            }
            Failure failure;
            try {
                failure = verifyAmbient(alternative);
            } catch (StoreUnavailableException e) {
                return new Conclusion(null, e);
            }
            if (failure == null) {
                return new Conclusion(identities(alternative), events(alternative));
            }
            ambientFailure = ambientFailure == null ? failure : ambientFailure;
        }
        if (ambientFailure != null && !explicitSent) {
            return failure(ambientFailure);
        }
        return Conclusion.NONE;
    }

    /** Whether anything was sent that a scheme of the rule reads. */
    boolean sawRelevant() {
        for (int scheme : plan.schemes()) {
            if (claims.used(scheme)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the part is there and nothing says that it is bad. */
    boolean satisfied(int scheme) {
        return claims.credential(scheme) != null && failureOf(scheme) == null;
    }

    private Conclusion failure(Failure failure) {
        remember(failure);
        return new Conclusion(failure, null);
    }

    private @Nullable Failure failureOf(int scheme) {
        @Nullable Failure[] known = failures;
        return known == null ? null : known[scheme];
    }

    private void remember(Failure failure) {
        @Nullable Failure[] known = failures;
        if (known == null) {
            known = new @Nullable Failure[schemes.size()];
            failures = known;
        }
        known[failure.scheme()] = failure;
    }

    private boolean allPresent(int[] alternative) {
        for (int scheme : alternative) {
            if (claims.credential(scheme) == null && claims.malformed(scheme) == null) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Failure verifyAmbient(int[] alternative) {
        for (int scheme : alternative) {
            if (verified[scheme] != null) {
                continue;
            }
            Failure known = failureOf(scheme);
            if (known != null) {
                return known;
            }
            Claim.Malformed malformed = claims.malformed(scheme);
            Credential credential = claims.credential(scheme);
            Failure failure = malformed != null
                    ? new Failure(scheme, malformed.reason(), malformed.detail(), null)
                    : verify(scheme, Objects.requireNonNull(credential));
            if (failure != null) {
                remember(failure);
                return failure;
            }
        }
        return null;
    }

    private @Nullable Failure verify(int scheme, Credential credential) {
        ConfiguredScheme configured = schemes.get(scheme);
        Verification verification = configured.scheme().verify(credential, exchange);
        if (verification instanceof Verification.Verified good) {
            verified[scheme] = withTenant(good.identity(), configured);
            if (!good.events().isEmpty()) {
                events = events.isEmpty() ? new HashMap<>() : events;
                events.put(scheme, good.events());
            }
            return null;
        }
        Verification.Rejected bad = (Verification.Rejected) verification;
        return new Failure(
                scheme, bad.reason(), bad.detail(), configured.scheme().challengeTemplate(credential));
    }

    private List<EventClaim.Name> events(int[] alternative) {
        if (events.isEmpty()) {
            return List.of();
        }
        List<EventClaim.Name> names = new ArrayList<>();
        for (int position : alternative) {
            AuthenticationScheme scheme = schemes.get(position).scheme();
            if (scheme.remembersEvents().isZero()) {
                continue;
            }
            for (String event : events.getOrDefault(position, List.of())) {
                names.add(EventClaim.Name.of(scheme.name(), event, scheme.remembersEvents()));
            }
        }
        return names;
    }

    private List<Identity> identities(int[] alternative) {
        if (alternative.length == 1) {
            return List.of(identity(alternative[0]));
        }
        List<Identity> identities = new ArrayList<>(alternative.length);
        for (int scheme : alternative) {
            identities.add(identity(scheme));
        }
        return identities;
    }

    private Identity identity(int scheme) {
        Identity identity = verified[scheme];
        if (identity == null) {
            throw new IllegalStateException("A part was not verified");
        }
        return identity;
    }

    List<String> schemeNames() {
        List<String> names = new ArrayList<>(2);
        for (int scheme : plan.schemes()) {
            if (claims.used(scheme)) {
                names.add(schemes.get(scheme).scheme().name());
            }
        }
        return names;
    }

    List<String> hints() {
        List<String> hints = new ArrayList<>(2);
        for (int scheme : plan.schemes()) {
            if (claims.used(scheme)) {
                Identity identity = verified[scheme];
                Credential credential = claims.credential(scheme);
                hints.add(identity != null ? identity.hint() : credential != null ? credential.hint() : "");
            }
        }
        return hints;
    }

    /** Who claimed what. */
    Claims claims() {
        return claims;
    }

    private static Identity withTenant(Identity identity, ConfiguredScheme configured) {
        if (configured.tenant().isEmpty() || identity.tenant().isPresent()) {
            return identity;
        }
        return identity.withTenant(configured.tenant().get());
    }
}
