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
import java.io.ByteArrayOutputStream;
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

    Verification verify(WebhookCredential credential, WebhookKeys keys, WebhookVerifier verifier) {
        List<String> hashes = bodyHashes();
        if (hashes.size() > 1) {
            return WebhookVerifier.wrong("two_body_hashes");
        }
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        Body.Outcome outcome = exchange.body().read(read::write);
        if (outcome != Body.Outcome.COMPLETE) {
            return BodyRejections.of(outcome);
        }
        byte[] content = read.toByteArray();
        byte[] parameters = NOTHING;
        if (!hashes.isEmpty()) {
            String hash = HexFormat.of().formatHex(Sha256.start().digest(content));
            if (!ConstantTime.equals(hash, Ascii.lowerCase(hashes.get(0)))) {
                return WebhookVerifier.wrong("body_hash");
            }
        } else if (isForm()) {
            parameters = SortedForm.of(content);
            if (parameters == null) {
                return WebhookVerifier.wrong("form");
            }
        } else if (content.length > 0) {
            return new Verification.Rejected(RejectionReason.SIGNATURE_COVERAGE, "body_not_signed");
        }
        // Every way is computed, whichever is right.
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

    private byte[] digest(byte[] parameters) {
        MessageDigest digest = Sha256.start();
        digest.update(values.url().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
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
