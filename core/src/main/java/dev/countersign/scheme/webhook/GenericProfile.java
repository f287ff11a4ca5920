package dev.countersign.scheme.webhook;

import dev.countersign.settings.Section;
import dev.countersign.signature.SignatureNotation;
import dev.countersign.signature.SignedTemplate;
import dev.countersign.signature.SignedTemplate.Value;
import dev.countersign.signature.WebhookAlgorithm;
import dev.countersign.signature.WebhookEncoding;
import dev.countersign.signature.WebhookProfile;
import dev.countersign.signature.WebhookTimeFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a provider of the user's own: {@code signature-header}, one of {@code signature-prefix}, {@code signature-key} (with
 * {@code timestamp-key}) and {@code signature-version}, {@code encoding}, {@code algorithm}, {@code signed}, {@code
 * timestamp-header}, {@code timestamp-format} and {@code id-header}.
 */
final class GenericProfile {
    /** What a user may choose: nothing weaker than SHA-256. */
    private enum Algorithm {
        HMAC_SHA256(WebhookAlgorithm.HMAC_SHA256),
        HMAC_SHA512(WebhookAlgorithm.HMAC_SHA512);

        private final WebhookAlgorithm algorithm;

        Algorithm(WebhookAlgorithm algorithm) {
            this.algorithm = algorithm;
        }
    }

    private static final String FIELD_EXPECTED = " (expected: a field name that HTTP and other schemes do not use)";

    private final Section section;
    private boolean wrong;

    GenericProfile(Section section) {
        this.section = section;
    }

    /** Empty if a problem was reported. */
    Optional<WebhookProfile> read() {
        String signatureHeader = section.requiredText("signature-header", "the field that carries the signature");
        Optional<String> timestampHeader = section.text("timestamp-header");
        Optional<String> idHeader = section.text("id-header");
        WebhookEncoding encoding = section.choice("encoding", WebhookEncoding.class, WebhookEncoding.HEX);
        Algorithm algorithm = section.choice("algorithm", Algorithm.class, Algorithm.HMAC_SHA256);
        WebhookTimeFormat format =
                section.choice("timestamp-format", WebhookTimeFormat.class, WebhookTimeFormat.SECONDS);
        SignatureNotation notation = notation();
        SignedTemplate signed = template(section.text("signed", "{body}"), format);
        wrong |= signatureHeader.isEmpty();
        requireField("signature-header", Optional.of(signatureHeader).filter(name -> !name.isEmpty()));
        requireField("timestamp-header", timestampHeader);
        requireField("id-header", idHeader);
        if (notation == null || signed == null) {
            return Optional.empty();
        }
        requireSent(signed, notation, timestampHeader, idHeader);
        if (wrong) {
            return Optional.empty();
        }
        return Optional.of(new WebhookProfile(
                "generic",
                signatureHeader,
                notation,
                encoding,
                algorithm.algorithm,
                timestampHeader,
                idHeader,
                signed));
    }

    private @Nullable SignatureNotation notation() {
        Optional<String> prefix = section.text("signature-prefix");
        Optional<String> key = section.text("signature-key");
        Optional<String> timestampKey = section.text("timestamp-key");
        Optional<String> version = section.text("signature-version");
        if (timestampKey.isPresent() && key.isEmpty()) {
            problem("timestamp-key", "stands without signature-key (expected: both, or timestamp-header)");
        }
        if ((prefix.isPresent() ? 1 : 0) + (key.isPresent() ? 1 : 0) + (version.isPresent() ? 1 : 0) > 1) {
            problem(
                    "signature-header",
                    "is read in more than one way (expected: one of signature-prefix, signature-key and"
                            + " signature-version)");
            return null;
        }
        if (key.isPresent()) {
            return notation("signature-key", () -> new SignatureNotation.Pairs(key.get(), timestampKey), key.get());
        }
        if (version.isPresent()) {
            return notation(
                    "signature-version",
                    () -> new SignatureNotation.Versioned(version.get(), Optional.empty()),
                    version.get());
        }
        return notation("signature-prefix", () -> new SignatureNotation.Prefixed(prefix.orElse("")), prefix.orElse(""));
    }

    private @Nullable SignatureNotation notation(String key, Supplier<SignatureNotation> made, String value) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            problem(key, section.shown(key, value) + " (" + e.getMessage() + ")");
            return null;
        }
    }

    private @Nullable SignedTemplate template(String template, WebhookTimeFormat format) {
        try {
            return SignedTemplate.parse(template, format);
        } catch (IllegalArgumentException e) {
            problem("signed", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void requireField(String key, Optional<String> name) {
        if (name.isPresent() && !WebhookProfile.isField(name.get())) {
            problem(key, section.shown(key, name.get()) + FIELD_EXPECTED);
        }
    }

    /** What is checked must be signed, and what is signed must be sent. */
    private void requireSent(
            SignedTemplate signed,
            SignatureNotation notation,
            Optional<String> timestampHeader,
            Optional<String> idHeader) {
        boolean beside = notation instanceof SignatureNotation.Pairs pairs
                && pairs.timestampKey().isPresent();
        if (beside && timestampHeader.isPresent()) {
            problem("timestamp-header", "a second timestamp (expected: timestamp-key or timestamp-header)");
        }
        boolean sent = beside || timestampHeader.isPresent();
        if (sent && !signed.has(Value.TIMESTAMP)) {
            problem(
                    "signed",
                    "has no {timestamp}, so that anybody could renew an old delivery (expected: such as"
                            + " {timestamp}.{body}, or no timestamp at all)");
        }
        if (!sent && signed.has(Value.TIMESTAMP)) {
            problem("signed", "has a {timestamp} that nothing carries (expected: timestamp-header or timestamp-key)");
        }
        if (idHeader.isEmpty() && signed.has(Value.ID)) {
            problem("signed", "has an {id} that nothing carries (expected: id-header)");
        }
    }

    private void problem(String key, String what) {
        section.problem(key, what);
        wrong = true;
    }
}
