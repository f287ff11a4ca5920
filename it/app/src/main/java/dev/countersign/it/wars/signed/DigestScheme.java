package dev.countersign.it.wars.signed;

import dev.countersign.AuthenticationScheme;
import dev.countersign.Body;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Exchange;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import dev.countersign.scheme.BodyRejections;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The least that reads content: a digest of it in {@code X-Body-Sha256}, or {@code trailer} where it comes behind the content;
 * and the authority in {@code X-Authority}, if that is sent. It proves nothing.
 */
final class DigestScheme implements AuthenticationScheme {
    static final String TYPE = "digest";

    private static final String FIELD = "x-body-sha256";

    private final String name;
    private final String realm;

    DigestScheme(String name, String realm) {
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
    public boolean readsBody() {
        return true;
    }

    @Override
    public Claim claim(Exchange exchange) {
        List<String> values = exchange.headers(FIELD);
        return values.isEmpty() ? Claim.absent() : new Claim.Presented(new Digest(values.get(0)));
    }

    @Override
    public Verification verify(Credential credential, Exchange exchange) {
        List<String> authorities = exchange.headers("X-Authority");
        if (!authorities.isEmpty() && !authorities.get(0).equals(exchange.authority())) {
            return new Verification.Rejected(RejectionReason.SIGNATURE_INVALID, "authority");
        }
        MessageDigest digest = sha256();
        Body.Outcome outcome = exchange.body().read(digest::update);
        if (outcome != Body.Outcome.COMPLETE) {
            return BodyRejections.of(outcome);
        }
        String sent = ((Digest) credential).value();
        if (sent.equals("trailer")) {
            List<String> trailers = exchange.trailers(FIELD);
            sent = trailers.size() == 1 ? trailers.get(0) : "";
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(sent)) {
            return new Verification.Rejected(RejectionReason.SIGNATURE_INVALID, "digest");
        }
        return new Verification.Verified(
                Identity.of(name, "signer", IdentityKind.KEY).build());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public ChallengeTemplate challengeTemplate() {
        return new ChallengeTemplate("Digested", realm, List.of(), false, reason -> Optional.empty());
    }

    @Override
    public Set<String> carriers() {
        return Set.of(FIELD);
    }

    @Override
    public boolean carriesScopes() {
        return false;
    }

    private record Digest(String value) implements Credential {
        @Override
        public String hint() {
            return "";
        }

        @Override
        public String carrier() {
            return FIELD;
        }
    }
}
