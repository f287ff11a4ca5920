package dev.countersign.scheme.basic;

import dev.countersign.Claim;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.http.AuthorizationField;
import dev.countersign.http.FieldValue;
import dev.countersign.http.Utf8;
import java.util.Base64;
import java.util.List;

/** Reads {@code Authorization: Basic} to the letter of RFC 7617 section 2; no I/O. */
final class BasicCredentialParser {
    static final String AUTHORIZATION = "authorization";

    private static final String SCHEME = "Basic";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final int maxLength;

    /** @param maxLength the longest field value, in characters */
    BasicCredentialParser(int maxLength) {
        this.maxLength = maxLength;
    }

    Claim parse(Exchange exchange) {
        // Of several lines the first is enough here: the Gate refuses the request for their number.
        List<String> lines = exchange.headers(AUTHORIZATION);
        if (lines.isEmpty()) {
            return Claim.absent();
        }
        AuthorizationField field = AuthorizationField.parse(lines.get(0)).orElse(null);
        if (field == null || !field.is(SCHEME)) {
            return Claim.absent();
        }
        if (lines.get(0).length() > maxLength) {
            return malformed("too_long");
        }
        if (!field.isToken68()) {
            return malformed("not_token");
        }
        String encoded = field.credentials();
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            return malformed("not_base_sixty_four");
        }
        // RFC 4648 sections 3.2 and 3.5: padding is there and unused bits are zero, so that one pair has one spelling.
        if (!endsCanonically(encoded)) {
            return malformed("not_base_sixty_four");
        }
        return split(bytes);
    }

    /** Whether what can be decoded has its padding, and no bits in its last character that decoding drops. */
    private static boolean endsCanonically(String encoded) {
        int length = encoded.length();
        if (length % 4 != 0) {
            return false;
        }
        int padding = encoded.endsWith("==") ? 2 : encoded.endsWith("=") ? 1 : 0;
        int dropped = padding == 2 ? 0x0F : padding == 1 ? 0x03 : 0;
        return padding == 0 || (ALPHABET.indexOf(encoded.charAt(length - 1 - padding)) & dropped) == 0;
    }

    private static Claim split(byte[] bytes) {
        String text = Utf8.decode(bytes);
        if (text == null) {
            return malformed("not_utf");
        }
        // RFC 7617 section 2: "The user-id and password MUST NOT contain any control characters". Those of Latin-1 are
        // among them, as in the PRECIS profiles that section 2.1 refers to (RFC 8265).
        if (FieldValue.hasControl(text)) {
            return malformed("control_character");
        }
        // Section 2: the first colon ends the user-id, which cannot have one; the password can.
        int colon = text.indexOf(':');
        if (colon < 0) {
            return malformed("no_colon");
        }
        if (colon == 0) {
            return malformed("no_user");
        }
        if (colon == text.length() - 1) {
            return malformed("no_password");
        }
        String user = text.substring(0, colon);
        if (user.length() > BasicUser.MAX_NAME) {
            return malformed("too_long");
        }
        return new Claim.Presented(new BasicCredential(user, text.substring(colon + 1)));
    }

    private static Claim malformed(String detail) {
        // Malformed is answered as wrong is (RFC 9110 section 11.4): who probes learns nothing from the difference.
        return new Claim.Malformed(RejectionReason.CREDENTIALS_INVALID, detail);
    }
}
