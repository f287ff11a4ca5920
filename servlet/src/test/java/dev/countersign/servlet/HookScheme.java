package dev.countersign.servlet;

import dev.countersign.AuthenticationScheme;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Decision;
import dev.countersign.Exchange;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A scheme whose credential, in {@code X-Hook}, is the name of an event. */
final class HookScheme implements AuthenticationScheme {
    static final String FIELD = "x-hook";

    @Override
    public String name() {
        return "hook";
    }

    @Override
    public String type() {
        return "webhook";
    }

    @Override
    public Claim claim(Exchange exchange) {
        List<String> values = exchange.headers(FIELD);
        return values.isEmpty() ? Claim.absent() : new Claim.Presented(new Delivery(FIELD, values.get(0)));
    }

    @Override
    public Verification verify(Credential credential, Exchange exchange) {
        return new Verification.Verified(
                Identity.of("hook", "provider", IdentityKind.WEBHOOK_SENDER).build(), List.of(credential.hint()));
    }

    @Override
    public ChallengeTemplate challengeTemplate() {
        return new ChallengeTemplate("Webhook", "orders", List.of(), false, reason -> Optional.empty());
    }

    @Override
    public Duration remembersEvents() {
        return Duration.ofHours(24);
    }

    @Override
    public List<Decision.Field> answerFields(Exchange exchange) {
        return List.of(
                new Decision.Field("Accept-Signature", "sig1=();created"),
                new Decision.Field("Accept-Signature", "sig2=();created"),
                new Decision.Field("Cache-Control", "public"));
    }

    @Override
    public Set<String> carriers() {
        return Set.of(FIELD);
    }

    @Override
    public boolean carriesScopes() {
        return false;
    }

    private record Delivery(String carrier, String hint) implements Credential {}
}
