package dev.countersign.scheme.jwt;

import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import dev.countersign.WorkLimit;
import dev.countersign.jose.CompactJws;
import dev.countersign.jose.JwsProblem;
import dev.countersign.token.Blocklist;
import dev.countersign.token.RevocableToken;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Judges claimed tokens: what was verified before by time, keys and revocation alone, the rest from the beginning. */
final class JwtVerifier {
    private static final Verification EXPIRED = new Verification.Rejected(RejectionReason.TOKEN_EXPIRED, "expired");

    private final String name;
    private final JwtSettings settings;
    private final VerifiedTokens verified;
    private final Blocklist blocklist;
    private final InstantSource clock;
    private final WorkLimit verifying;
    private final LifetimeWarning lifetimeWarning;

    JwtVerifier(
            String name,
            JwtSettings settings,
            VerifiedTokens verified,
            Blocklist blocklist,
            InstantSource clock,
            WorkLimit verifying) {
        this.name = name;
        this.settings = settings;
        this.verified = verified;
        this.blocklist = blocklist;
        this.clock = clock;
        this.verifying = verifying;
        this.lifetimeWarning = new LifetimeWarning(name, settings.warnLifetime());
    }

    Verification verify(JwtCredential credential) {
        if (credential instanceof JwtCredential.Known known) {
            return again(known);
        }
        if (credential instanceof JwtCredential.Unseen unseen) {
            return first(unseen);
        }
        return invalid(((JwtCredential.Unreadable) credential).problem());
    }

    private Verification again(JwtCredential.Known known) {
        VerifiedTokens.Entry entry = known.entry();
        Instant now = clock.instant();
        // A clock that was set back counts too.
        if (now.isBefore(entry.notBefore())) {
            return invalid("not_before");
        }
        if (isRevoked(entry.revocable())) {
            return invalid("revoked");
        }
        if (!now.isBefore(entry.end())) {
            verified.forget(known.digest());
            return EXPIRED;
        }
        return entry.verified();
    }

    private Verification first(JwtCredential.Unseen token) {
        CompactJws jws = token.jws();
        // Before the signature, because it costs nothing: a stranger's tokens take no time for verification.
        if (!settings.issuer().equals(token.claims().get("iss"))) {
            return invalid("issuer");
        }
        if (!settings.algorithms().contains(jws.algorithm())) {
            return invalid(JwsProblem.ALGORITHM.detail());
        }
        Optional<JwsProblem> unsigned = token.keys().verify(jws, verifying);
        if (unsigned.isPresent()) {
            return invalid(unsigned.get().detail());
        }
        TokenJudgement judgement = new TokenJudgement(settings, jws, token.claims(), clock.instant());
        String problem = judgement.problem();
        if (problem != null) {
            return invalid(problem);
        }
        VerifiedTokens.Entry entry = new VerifiedTokens.Entry(
                new Verification.Verified(judgement.identity(name, token.hint())),
                token.keys(),
                judgement.start(),
                judgement.end(),
                judgement.revocable());
        if (isRevoked(entry.revocable())) {
            return invalid("revoked");
        }
        if (judgement.expired()) {
            return EXPIRED;
        }
        lifetimeWarning.seen(judgement.lifetime());
        verified.keep(token.digest(), entry, jws.algorithm().isCheap());
        return entry.verified();
    }

    private boolean isRevoked(RevocableToken token) {
        return settings.blocklist() && blocklist.isRevoked(token);
    }

    private static Verification invalid(String detail) {
        return new Verification.Rejected(RejectionReason.TOKEN_INVALID, detail);
    }
}
