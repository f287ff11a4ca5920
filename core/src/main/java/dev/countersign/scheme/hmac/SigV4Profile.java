package dev.countersign.scheme.hmac;

import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Decision;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.signature.SigV4Key;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * AWS Signature Version 4, as SDKs, {@code curl --aws-sigv4} and gateways make it: in {@code Authorization}, or in the query
 * where presigned requests are accepted.
 *
 * <p>The content reaches the application as it came: chunks of {@code aws-chunked} content are verified and not decoded. A
 * session token has to be signed, and is nothing more than that: nobody here issues any. The checksums that trailers may
 * hold are not computed, because the signatures say more.
 */
final class SigV4Profile implements SignatureProfile {
    private static final Set<String> CARRIERS = Set.of(SigV4CredentialParser.AUTHORIZATION);
    private static final Set<String> CARRIERS_PRESIGNED =
            Set.of(SigV4CredentialParser.AUTHORIZATION, SigV4CredentialParser.PRESIGNED);
    private static final Set<String> SHAPES = Set.of("Authorization: " + SigV4Key.ALGORITHM);
    private static final Set<String> SHAPES_PRESIGNED =
            Set.of("Authorization: " + SigV4Key.ALGORITHM, "X-Amz-Signature in the query");

    private final SigV4Settings settings;
    private final SigV4CredentialParser parser;
    private final SigV4Verifier verifier;
    private final ChallengeTemplate challenge;

    SigV4Profile(SigV4Settings settings, HmacKeys keys, Replays replays, SchemeContext context) {
        this.settings = settings;
        this.parser = new SigV4CredentialParser(context.headersMax(), settings.presigned());
        this.verifier = new SigV4Verifier(settings, keys, replays, context);
        this.challenge =
                new ChallengeTemplate(SigV4Key.ALGORITHM, settings.realm(), List.of(), false, SignatureErrors::explain);
    }

    @Override
    public Claim claim(Exchange exchange) {
        return parser.parse(exchange);
    }

    @Override
    public Verification verify(Credential credential, Exchange exchange) {
        return verifier.verify((SigV4Credential) credential, exchange);
    }

    @Override
    public ChallengeTemplate challengeTemplate() {
        return challenge;
    }

    @Override
    public Optional<Decision.Answer> ownAnswer(RejectionReason reason, String detail, Exchange exchange) {
        return settings.awsErrors()
                ? SigV4Answers.of(settings.service(), reason, detail, exchange.requestId())
                : Optional.empty();
    }

    @Override
    public Set<String> carriers() {
        return settings.presigned() ? CARRIERS_PRESIGNED : CARRIERS;
    }

    @Override
    public Set<String> queryCarriers() {
        return settings.presigned() ? Set.of(SigV4CredentialParser.PRESIGNED) : Set.of();
    }

    @Override
    public Set<String> shapes() {
        return settings.presigned() ? SHAPES_PRESIGNED : SHAPES;
    }

    /** The settings; nothing of a secret. */
    @Override
    public String toString() {
        return settings.toString();
    }
}
