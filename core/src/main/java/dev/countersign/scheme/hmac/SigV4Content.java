package dev.countersign.scheme.hmac;

import dev.countersign.Body;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import dev.countersign.http.Ascii;
import dev.countersign.http.ConstantTime;
import dev.countersign.http.FieldValue;
import dev.countersign.key.Sha256;
import dev.countersign.scheme.BodyRejections;
import dev.countersign.signature.SigV4Chunks;
import dev.countersign.signature.SigV4Key;
import dev.countersign.signature.SigV4Signer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request tells of its content, in {@code X-Amz-Content-Sha256}.
 *
 * @param form how the content is signed
 * @param payload what the signature is over, in place of the content; null if the request does not tell
 * @param problem why it cannot be read, for the log; null if it can
 */
record SigV4Content(
        Form form, @Nullable String payload, @Nullable String problem) {
    private static final String FIELD = "x-amz-content-sha256";
    private static final String PARAMETER = "X-Amz-Content-Sha256";
    private static final int MAX_LENGTH_DIGITS = 15;
    private static final int MAX_TRAILERS = 16;

    /** How content is signed. */
    enum Form {
        /** Nothing is told: whoever verifies digests it. */
        UNTOLD,
        /** By the SHA-256 that is told. */
        DIGEST,
        UNSIGNED,
        CHUNKS,
        CHUNKS_AND_TRAILERS,
        UNSIGNED_CHUNKS
    }

    /** Reads the field; in a presigned request it may be a parameter as well, which then says the same. */
    static SigV4Content of(SigV4Credential credential, Exchange exchange) {
        List<String> told = new ArrayList<>(exchange.headers(FIELD));
        if (told.size() > 1) {
            return unreadable();
        }
        if (credential.isPresigned()) {
            told.addAll(credential.query().values(PARAMETER));
        }
        if (told.isEmpty()) {
            return new SigV4Content(Form.UNTOLD, null, null);
        }
        String payload = FieldValue.trim(told.get(0));
        if (told.size() > 2 || !payload.equals(FieldValue.trim(told.get(told.size() - 1)))) {
            return unreadable();
        }
        Form form = form(payload);
        boolean chunks = form != Form.DIGEST && form != Form.UNSIGNED;
        return form == null || (chunks && credential.isPresigned())
                ? unreadable()
                : new SigV4Content(form, payload, null);
    }

    private static @Nullable Form form(String payload) {
        return switch (payload) {
            case SigV4Signer.UNSIGNED_PAYLOAD -> Form.UNSIGNED;
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" -> Form.CHUNKS;
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" -> Form.CHUNKS_AND_TRAILERS;
            case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> Form.UNSIGNED_CHUNKS;
            default -> SigV4CredentialParser.isSha(payload) ? Form.DIGEST : null;
        };
    }

    private static SigV4Content unreadable() {
        return new SigV4Content(Form.UNTOLD, null, "content_form");
    }

    boolean isSigned() {
        return form != Form.UNSIGNED && form != Form.UNSIGNED_CHUNKS;
    }

    /**
     * Reads the content and compares it with what was told of it, under a signature that was good.
     *
     * @return null if it is the content that was signed, or nothing of it was
     */
    Verification.@Nullable Rejected check(Exchange exchange, SigV4Key key, SigV4Credential credential) {
        if (form == Form.UNTOLD || form == Form.UNSIGNED) {
            return null;
        }
        if (form == Form.DIGEST) {
            MessageDigest digest = Sha256.start();
            Body.Outcome outcome = exchange.body().read(digest::update);
            if (outcome != Body.Outcome.COMPLETE) {
                return BodyRejections.of(outcome);
            }
            String actual = HexFormat.of().formatHex(digest.digest());
            return ConstantTime.equals(actual, String.valueOf(payload)) ? null : rejected("content");
        }
        long length = length(exchange.headers("x-amz-decoded-content-length"));
        Set<String> trailers = trailers(exchange.headers("x-amz-trailer"));
        if (length < 0) {
            return rejected("decoded_length");
        }
        if (trailers == null) {
            return rejected("trailer_names");
        }
        SigV4Chunks chunks = switch (form) {
            case CHUNKS -> SigV4Chunks.signed(key, credential.timestamp(), credential.signature(), length);
            case CHUNKS_AND_TRAILERS ->
                SigV4Chunks.signed(key, credential.timestamp(), credential.signature(), length, trailers);
            default -> SigV4Chunks.unsigned(length, trailers);
        };
        Body.Outcome outcome = exchange.body().read(chunks);
        if (outcome != Body.Outcome.COMPLETE) {
            return BodyRejections.of(outcome);
        }
        return chunks.problem().map(SigV4Content::rejected).orElse(null);
    }

    /** A number of bytes, or -1. */
    private static long length(List<String> lines) {
        String text = lines.size() == 1 ? FieldValue.trim(lines.get(0)) : "";
        if (text.isEmpty() || text.length() > MAX_LENGTH_DIGITS) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(text);
    }

    /** The names of a list, in lower case; null if it is none, or too long. */
    private static @Nullable Set<String> trailers(List<String> lines) {
        Set<String> names = new HashSet<>();
        for (String line : lines) {
            int start = 0;
            while (start <= line.length()) {
                int comma = line.indexOf(',', start);
                int end = comma < 0 ? line.length() : comma;
                String name = Ascii.lowerCase(FieldValue.trim(line.substring(start, end)));
                if (!FieldValue.isToken(name) || !names.add(name) || names.size() > MAX_TRAILERS) {
                    return null;
                }
                start = end + 1;
            }
        }
        return names;
    }

    private static Verification.Rejected rejected(String detail) {
        return new Verification.Rejected(RejectionReason.SIGNATURE_INVALID, detail);
    }
}
