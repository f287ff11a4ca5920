package dev.countersign.scheme.hmac;

import dev.countersign.AuthenticationScheme;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Decision;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Signed requests, in the form of one profile. Immutable but for the signatures that it remembers; safe for use by many
 * threads. Made from settings by {@link HmacSchemeFactory}.
 */
public final class HmacScheme implements AuthenticationScheme {
    /** The type, as settings name it. */
    public static final String TYPE = "hmac";

    private final String name;
    private final SignatureProfile profile;

    /** @param name the configured name */
    HmacScheme(String name, SignatureProfile profile) {
        this.name = name;
        this.profile = profile;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Claim claim(Exchange exchange) {
        return profile.claim(exchange);
    }

    @Override
    public Verification verify(Credential credential, Exchange exchange) {
        return profile.verify(credential, exchange);
    }

    @Override
    public ChallengeTemplate challengeTemplate() {
        return profile.challengeTemplate();
    }

    @Override
    public List<Decision.Field> answerFields(Exchange exchange) {
        return profile.answerFields(exchange);
    }

    @Override
    public Optional<Decision.Answer> ownAnswer(RejectionReason reason, String detail, Exchange exchange) {
        return profile.ownAnswer(reason, detail, exchange);
    }

    @Override
    public Set<String> carriers() {
        return profile.carriers();
    }

    @Override
    public Set<String> queryCarriers() {
        return profile.queryCarriers();
    }

    @Override
    public boolean readsBody() {
        return true;
    }

    @Override
    public boolean carriesScopes() {
        return true;
    }

    @Override
    public Set<String> shapes() {
        return profile.shapes();
    }

    /** The name and the profile; nothing of a secret. */
    @Override
    public String toString() {
        return "HmacScheme[" + name + ", " + profile + "]";
    }
}
