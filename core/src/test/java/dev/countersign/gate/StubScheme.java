package dev.countersign.gate;

import dev.countersign.AuthenticationScheme;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Decision;
import dev.countersign.Exchange;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.RejectionReason;
import dev.countersign.StoreUnavailableException;
import dev.countersign.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A scheme whose credential, in the field {@code X-<Name>}, says itself how its verification ends. */
final class StubScheme implements AuthenticationScheme {
    private final String name;
    private final boolean ambient;
    private final List<String> verified = new CopyOnWriteArrayList<>();
    private final Identity.Builder identity;
    private final ChallengeTemplate template;
    private final ChallengeTemplate failed;
    private List<Decision.Field> fields = List.of();
    private List<String> events = List.of();
    private Duration remembers = Duration.ZERO;
    private Function<RejectionReason, Optional<Decision.Answer>> own = reason -> Optional.empty();

    StubScheme(String name, boolean ambient) {
        this(name, ambient, Identity.of(name, name + "-subject", IdentityKind.USER));
    }

    StubScheme(String name, boolean ambient, Identity.Builder identity) {
        this(name, ambient, identity, template(name.toUpperCase(Locale.ROOT)));
    }

    private StubScheme(String name, boolean ambient, Identity.Builder identity, ChallengeTemplate template) {
        this(name, ambient, identity, template, template);
    }

    private StubScheme(
            String name,
            boolean ambient,
            Identity.Builder identity,
            ChallengeTemplate template,
            ChallengeTemplate failed) {
        this.name = name;
        this.ambient = ambient;
        this.identity = identity;
        this.template = template;
        this.failed = failed;
    }

    /** The same with a challenge of its own, and another one for credentials that failed. */
    StubScheme challenging(ChallengeTemplate plain, ChallengeTemplate afterFailure) {
        return new StubScheme(name, ambient, identity, plain, afterFailure);
    }

    /** From now on with these fields on a 401 that asks for it. */
    StubScheme adding(Decision.Field... added) {
        fields = List.of(added);
        return this;
    }

    /** From now on telling of one event by these names, after which it is known for so long. */
    StubScheme telling(Duration remembered, String... names) {
        remembers = remembered;
        events = List.of(names);
        return this;
    }

    /** From now on with answers in a protocol of its own. */
    StubScheme answering(Function<RejectionReason, Optional<Decision.Answer>> answer) {
        own = answer;
        return this;
    }

    /** A challenge of the realm r that explains every reason by its code. */
    static ChallengeTemplate template(String token) {
        return new ChallengeTemplate(
                token,
                "r",
                List.of(),
                false,
                reason -> Optional.of(new ChallengeTemplate.Explanation(reason.code(), Optional.empty())));
    }

    /** A token challenge in the manner of RFC 6750. */
    static ChallengeTemplate tokenTemplate(String token, String realm) {
        return new ChallengeTemplate(
                token,
                realm,
                List.of(),
                true,
                reason -> Optional.of(new ChallengeTemplate.Explanation(reason.code(), Optional.of("Told."))));
    }

    /** What was verified, in order. */
    List<String> verified() {
        return verified;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String type() {
        return "stub";
    }

    @Override
    public Claim claim(Exchange exchange) {
        List<String> values = exchange.headers("X-" + name);
        if (values.isEmpty()) {
            return Claim.absent();
        }
        if (values.size() > 1) {
            return new Claim.Malformed(RejectionReason.MULTIPLE_CREDENTIALS, "two_fields");
        }
        String value = values.get(0);
        return switch (value) {
            case "malformed" ->
                new Claim.Malformed(
                        ambient ? RejectionReason.CREDENTIALS_INVALID : RejectionReason.MALFORMED_CREDENTIALS,
                        "malformed");
            case "possible" -> new Claim.Possible(new StubCredential("shared", value));
            case "possibly good" -> new Claim.Possible(new StubCredential("shared", "good"));
            default -> new Claim.Presented(new StubCredential("x-" + name, value));
        };
    }

    @Override
    public Verification verify(Credential credential, Exchange exchange) {
        String value = ((StubCredential) credential).value();
        verified.add(value);
        return switch (value) {
            case "good" -> new Verification.Verified(identity.build(), events);
            case "down" -> throw StoreUnavailableException.outage("The stub store is down");
            case "throws" -> throw new IllegalArgumentException("the secret is hunter2");
            case "unreadable" -> new Verification.Rejected(RejectionReason.MALFORMED_CREDENTIALS, "unreadable");
            case "elsewhere" -> new Verification.Rejected(RejectionReason.IP_NOT_ALLOWED, "cidr");
            default -> new Verification.Rejected(RejectionReason.TOKEN_INVALID, "bad");
        };
    }

    @Override
    public ChallengeTemplate challengeTemplate() {
        return template;
    }

    @Override
    public ChallengeTemplate challengeTemplate(Credential credential) {
        return credential.carrier().isEmpty() ? template : failed;
    }

    @Override
    public Duration remembersEvents() {
        return remembers;
    }

    @Override
    public List<Decision.Field> answerFields(Exchange exchange) {
        return fields;
    }

    @Override
    public Optional<Decision.Answer> ownAnswer(RejectionReason reason, String detail, Exchange exchange) {
        return own.apply(reason);
    }

    @Override
    public Set<String> carriers() {
        return Set.of("x-" + name);
    }

    @Override
    public boolean ambient() {
        return ambient;
    }

    @Override
    public boolean carriesScopes() {
        return true;
    }

    private record StubCredential(String carrier, String value) implements Credential {
        @Override
        public String hint() {
            return "stub";
        }
    }
}
