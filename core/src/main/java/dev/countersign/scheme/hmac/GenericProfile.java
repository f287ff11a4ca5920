package dev.countersign.scheme.hmac;

import dev.countersign.Challenge;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Exchange;
import dev.countersign.Verification;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.signature.GenericSignature;
import java.util.List;
import java.util.Set;

/** Countersign's own form, {@link GenericSignature}. */
final class GenericProfile implements SignatureProfile {
    private static final Set<String> CARRIERS =
            Set.of(GenericCredentialParser.SIGNATURE, GenericCredentialParser.AUTHORIZATION);
    private static final Set<String> SHAPES = Set.of("X-Signature", "Authorization: HMAC-SHA256");

    private final GenericSettings settings;
    private final GenericCredentialParser parser;
    private final GenericVerifier verifier;
    private final ChallengeTemplate challenge;

    GenericProfile(GenericSettings settings, HmacKeys keys, Replays replays, SchemeContext context) {
        this.settings = settings;
        this.parser = new GenericCredentialParser(context.headersMax());
        this.verifier = new GenericVerifier(settings, keys, replays, context);
        this.challenge = new ChallengeTemplate(
                GenericSignature.SCHEME,
                settings.realm(),
                List.of(new Challenge.Parameter("headers", "x-timestamp x-signature x-key-id")),
                false,
                SignatureErrors::explain);
    }

    @Override
    public Claim claim(Exchange exchange) {
        return parser.parse(exchange);
    }

    @Override
    public Verification verify(Credential credential, Exchange exchange) {
        return verifier.verify((GenericCredential) credential, exchange);
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
    public Set<String> shapes() {
        return SHAPES;
    }

    /** The settings; nothing of a secret. */
    @Override
    public String toString() {
        return settings.toString();
    }
}
