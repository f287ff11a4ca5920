package dev.countersign.servlet;

import dev.countersign.AuthenticationScheme;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Exchange;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A scheme whose credential says who it is: {@code <subject>}, or {@code <subject>;<role>,<role>}; {@code bad} is wrong. */
public final class TestScheme implements AuthenticationScheme {
    private final String name;
    private final String field;
    final AtomicInteger verified = new AtomicInteger();

    /** @param field the field that carries the credential, in lower case */
    public TestScheme(String name, String field) {
        this.name = name;
        this.field = field;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String type() {
        return name.equals("pw") ? "basic" : "test";
    }

    @Override
    public Claim claim(Exchange exchange) {
        List<String> values = exchange.headers(field);
        return values.isEmpty() ? Claim.absent() : new Claim.Presented(new TestCredential(field, values.get(0)));
    }

    @Override
    public Verification verify(Credential credential, Exchange exchange) {
        verified.incrementAndGet();
        String value = ((TestCredential) credential).value();
        if (value.equals("bad")) {
            return new Verification.Rejected(RejectionReason.KEY_INVALID, "bad");
        }
        String[] parts = value.split(";", -1);
        Identity.Builder identity = Identity.of(name, parts[0], IdentityKind.USER);
        identity.roles(parts.length > 1 ? Set.of(parts[1].split(",", -1)) : Set.of());
        return new Verification.Verified(identity.build());
    }

    @Override
    public ChallengeTemplate challengeTemplate() {
        return new ChallengeTemplate(
                name.toUpperCase(Locale.ROOT), "orders", List.of(), false, reason -> Optional.empty());
    }

    @Override
    public Set<String> carriers() {
        return Set.of(field);
    }

    @Override
    public boolean carriesScopes() {
        return false;
    }

    private record TestCredential(String carrier, String value) implements Credential {
        @Override
        public String hint() {
            return "test";
        }
    }
}
