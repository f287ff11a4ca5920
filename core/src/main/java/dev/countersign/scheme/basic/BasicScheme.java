package dev.countersign.scheme.basic;

import dev.countersign.AuthenticationScheme;
import dev.countersign.Challenge;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Exchange;
import dev.countersign.Verification;
import dev.countersign.WorkLimit;
import dev.countersign.password.VerifiedPasswords;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * HTTP Basic (RFC 7617). Immutable but for what it remembers of successful checks; safe for use by many threads.
 *
 * <pre>{@code
 * var scheme = new BasicScheme("basic", BasicSettings.of("orders"), store, clock, hashing);
 * }</pre>
 */
public final class BasicScheme implements AuthenticationScheme {
    /** The type, as settings name it. */
    public static final String TYPE = "basic";

    private static final Set<String> CARRIERS = Set.of(BasicCredentialParser.AUTHORIZATION);

    private final String name;
    private final BasicSettings settings;
    private final BasicCredentialParser parser;
    private final BasicVerifier verifier;
    private final ChallengeTemplate challenge;

    /**
     * A scheme over a store.
     *
     * @param name the configured name
     * @param settings its settings
     * @param store where the users are
     * @param clock tells how long a check is remembered
     * @param hashing bounds how many passwords are hashed at once
     */
    public BasicScheme(String name, BasicSettings settings, BasicStore store, InstantSource clock, WorkLimit hashing) {
        this.name = name;
        this.settings = settings;
        this.parser = new BasicCredentialParser(settings.maxLength());
        this.verifier = new BasicVerifier(name, store, new VerifiedPasswords(settings.verifiedCache(), clock, hashing));
        // RFC 7617 section 2.1: "The only allowed value is 'UTF-8'". The RFC has no parameter that explains an error.
        this.challenge = new ChallengeTemplate(
                "Basic",
                settings.realm(),
                List.of(new Challenge.Parameter("charset", "UTF-8")),
                false,
                reason -> Optional.empty());
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
        return parser.parse(exchange);
    }

    @Override
    public Verification verify(Credential credential, Exchange exchange) {
        return verifier.verify((BasicCredential) credential);
    }

    @Override
    public ChallengeTemplate challengeTemplate() {
        return challenge;
    }

    @Override
    public Set<String> carriers() {
        return CARRIERS;
    }

    @Override
    public boolean carriesScopes() {
        return true;
    }

    /** User name and password have no shape of their own, so one scheme reads them all. */
    @Override
    public Set<String> shapes() {
        return Set.of("Authorization: Basic");
    }

    /** The name and settings; nothing of a user. */
    @Override
    public String toString() {
        return "BasicScheme[" + name + ", " + settings + "]";
    }
}
