package dev.countersign.it.wars.hooks;

import dev.countersign.AuthenticationScheme;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Exchange;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Believes whoever names an event. */
final class HookScheme implements AuthenticationScheme {
    private static final String FIELD = "x-hook";

    private final String name;
    private final String realm;

    HookScheme(String name, String realm) {
        this.name = name;
        this.realm = realm;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String type() {
        return HookSchemeFactory.TYPE;
    }

    @Override
    public Claim claim(Exchange exchange) {
        List<String> values = exchange.headers(FIELD);
        return values.isEmpty() ? Claim.absent() : new Claim.Presented(new Delivery(FIELD, values.get(0)));
    }

    @Override
    public Verification verify(Credential credential, Exchange exchange) {
        return new Verification.Verified(
                Identity.of(name, "provider", IdentityKind.WEBHOOK_SENDER).build(), List.of(credential.hint()));
    }

    @Override
    public ChallengeTemplate challengeTemplate() {
        return new ChallengeTemplate("Webhook", realm, List.of(), false, reason -> Optional.empty());
    }

    @Override
    public Duration remembersEvents() {
        return Duration.ofHours(1);
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
