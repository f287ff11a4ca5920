package dev.countersign.it.app;

import dev.countersign.AuthenticationScheme;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Exchange;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.StoreUnavailableException;
import dev.countersign.Verification;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fails as its credential says: {@code outage}, {@code full}, {@code claim}, and {@code fault} with a secret behind it. */
final class FragileScheme implements AuthenticationScheme {
    static final String TYPE = "fragile";

    private static final String FIELD = "x-fragile";

    private final String name;
    private final String realm;

    FragileScheme(String name, String realm) {
        this.name = name;
        this.realm = realm;
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
        List<String> values = exchange.headers(FIELD);
        if (values.contains("claim")) {
            throw new IllegalStateException("claimed " + values);
        }
        return values.isEmpty() ? Claim.absent() : new Claim.Presented(new FragileCredential(values.get(0)));
    }

    @Override
    public Verification verify(Credential credential, Exchange exchange) {
        String value = ((FragileCredential) credential).value();
        if (value.equals("outage")) {
            throw StoreUnavailableException.outage("The store does not answer");
        }
        if (value.equals("full")) {
            throw StoreUnavailableException.full("The queue is full");
        }
        if (value.startsWith("fault")) {
            throw new IllegalStateException("verifying " + value);
        }
        return new Verification.Verified(
                Identity.of(name, value, IdentityKind.USER).build());
    }

    @Override
    public ChallengeTemplate challengeTemplate() {
        return new ChallengeTemplate("Fragile", realm, List.of(), false, reason -> Optional.empty());
    }

    @Override
    public Set<String> carriers() {
        return Set.of(FIELD);
    }

    @Override
    public boolean carriesScopes() {
        return false;
    }

    private record FragileCredential(String value) implements Credential {
        @Override
        public String hint() {
            return "";
        }

        @Override
        public String carrier() {
            return FIELD;
        }

        @Override
        public String toString() {
            return "FragileCredential[****]";
        }
    }
}
