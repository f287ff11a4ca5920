package dev.countersign.scheme.webhook;

import dev.countersign.Body;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import dev.countersign.http.Ascii;
import dev.countersign.http.ConstantTime;
import dev.countersign.http.FieldValue;
import dev.countersign.key.Sha256;
import dev.countersign.scheme.BodyRejections;
import dev.countersign.signature.PublicUrl;
import dev.countersign.signature.SortedForm;
import dev.countersign.signature.WebhookValues;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * What Twilio signs of one request: the public URL and the parameters of a form; of other content the URL alone, which
 * carries its SHA-256 then. Parameters are read from the content as it came, never from what a container made of it.
 *
 * @param values with the public URL
 * @param exchange the request
 */
record TwilioContent(WebhookValues values, Exchange exchange) {
    private static final String BODY_HASH = "bodySHA256=";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final byte[] NOTHING = new byte[0];

    /** Judges the request by its hash, which is made of the stream, or by its form, of which a bounded part is kept. */
    Verification verify(WebhookCredential credential, WebhookKeys keys, WebhookVerifier verifier) {
        List<String> hashes = bodyHashes();
        if (hashes.size() > 1) {
            return WebhookVerifier.wrong("two_body_hashes");
        }
        return hashes.isEmpty() ? form(credential, keys, verifier) : hashed(hashes.get(0), credential, keys, verifier);
    }

    private Verification hashed(
            String expected, WebhookCredential credential, WebhookKeys keys, WebhookVerifier verifier) {
        MessageDigest digest = Sha256.start();
        Body.Outcome outcome = exchange.body().read(digest::update);
        if (outcome != Body.Outcome.COMPLETE) {
            return BodyRejections.of(outcome);
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        return ConstantTime.equals(hash, Ascii.lowerCase(expected))
                ? signed(NOTHING, credential, keys, verifier)
                : WebhookVerifier.wrong("body_hash");
    }

    /** A form, or no content. */
    private Verification form(WebhookCredential credential, WebhookKeys keys, WebhookVerifier verifier) {
        boolean form = isForm();
        KeptContent kept = new KeptContent(form ? KeptContent.MOST_BYTES : 0);
        Body.Outcome outcome = exchange.body().read(kept);
        if (outcome != Body.Outcome.COMPLETE) {
            return BodyRejections.of(outcome);
        }
        byte[] content = kept.bytes();
        if (content == null) {
            return form
                    ? BodyRejections.of(Body.Outcome.TOO_LARGE)
                    : new Verification.Rejected(RejectionReason.SIGNATURE_COVERAGE, "body_not_signed");
        }
        byte[] parameters = SortedForm.of(content);
        return parameters == null ? WebhookVerifier.wrong("form") : signed(parameters, credential, keys, verifier);
    }

    /** Every way to write the URL is computed, whichever is right. */
    private Verification signed(
            byte[] parameters, WebhookCredential credential, WebhookKeys keys, WebhookVerifier verifier) {
        boolean good = false;
        for (String url : PublicUrl.withAndWithoutPort(values.url())) {
            List<Mac> macs = keys.start();
            for (Mac mac : macs) {
                mac.update(url.getBytes(StandardCharsets.UTF_8));
                mac.update(parameters);
            }
            good |= verifier.matches(credential, macs);
        }
        return good ? verifier.verified(credential, digest(parameters)) : WebhookVerifier.wrong("signature");
    }

    /** Of exactly what is signed: a separator would give one signature two names. */
    private byte[] digest(byte[] parameters) {
        MessageDigest digest = Sha256.start();
        digest.update(values.url().getBytes(StandardCharsets.UTF_8));
        return digest.digest(parameters);
    }

    private boolean isForm() {
        List<String> types = exchange.headers("Content-Type");
        if (types.size() != 1) {
            return false;
        }
        String type = types.get(0);
        int semicolon = type.indexOf(';');
        return Ascii.equalsIgnoreCase(FieldValue.trim(semicolon < 0 ? type : type.substring(0, semicolon)), FORM);
    }

    private List<String> bodyHashes() {
        List<String> hashes = new ArrayList<>();
        @Nullable String query = exchange.rawQuery();
        int start = 0;
        while (query != null && start < query.length()) {
            int end = query.indexOf('&', start);
            end = end < 0 ? query.length() : end;
            if (query.startsWith(BODY_HASH, start)) {
                hashes.add(query.substring(start + BODY_HASH.length(), end));
            }
            start = end + 1;
        }
        return hashes;
    }
}
