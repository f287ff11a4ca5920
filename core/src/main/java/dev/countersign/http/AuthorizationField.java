package dev.countersign.http;

import java.security.MessageDigest;
import java.util.Optional;

/**
 * The value of one {@code Authorization} field line (RFC 9110 section 11.6.2), split at its authentication scheme. What
 * follows the scheme is left to the scheme, and copied only if it asks for it: every scheme looks at the field, and tokens
 * are long.
 *
 * <p>{@link #toString()} shows nothing: also the scheme may be a secret, where a client sent a bare key.
 */
public final class AuthorizationField {
    /** How much is copied at a time: a block of SHA-256. */
    private static final int PIECE = 64;

    private final String value;
    private final int schemeEnd;
    private final int start;

    private AuthorizationField(String value, int schemeEnd, int start) {
        this.value = value;
        this.schemeEnd = schemeEnd;
        this.start = start;
    }

    /**
     * Splits a field value.
     *
     * @return empty if the value is blank or does not start with a token; then it is no credential of any scheme
     */
    public static Optional<AuthorizationField> parse(String fieldValue) {
        String value = FieldValue.trim(fieldValue);
        int end = FieldValue.tokenEnd(value, 0);
        if (end == 0) {
            return Optional.empty();
        }
        int start = end;
        while (start < value.length() && value.charAt(start) == ' ') {
            start++;
        }
        return Optional.of(new AuthorizationField(value, end, start));
    }

    /** The scheme token as it was sent. */
    public String scheme() {
        return value.substring(0, schemeEnd);
    }

    /** What follows the scheme, without surrounding white space; empty if nothing does. */
    public String credentials() {
        return value.substring(start);
    }

    /** How many characters the credentials have. */
    public int length() {
        return value.length() - start;
    }

    /**
     * Whether only spaces stand between scheme and credentials, as section 11.4 requires; a tab or any other character there
     * makes the field malformed, and that character then starts the credentials.
     */
    public boolean delimited() {
        return schemeEnd == value.length() || (start > schemeEnd && value.charAt(start) != '\t');
    }

    /** Whether the scheme is this one, without regard to ASCII case (RFC 9110 section 11.1). */
    public boolean is(String otherScheme) {
        return schemeEnd == otherScheme.length() && Ascii.startsWithIgnoreCase(value, otherScheme);
    }

    /** Whether the credentials are a well-delimited {@code token68} (RFC 9110 section 11.2). */
    public boolean isToken68() {
        return delimited() && length() > 0 && FieldValue.token68End(value, start) == value.length();
    }

    /** Adds the bytes of the credentials, which are a {@link #isToken68 token68}, to what is digested. */
    @SuppressWarnings("deprecation") // which leaves out what no token68 has: all but the low bytes of the characters
    public void addTo(MessageDigest digest) {
        byte[] piece = new byte[Math.min(length(), PIECE)];
        for (int i = start; i < value.length(); i += piece.length) {
            int end = Math.min(value.length(), i + piece.length);
            value.getBytes(i, end, piece, 0);
            digest.update(piece, 0, end - i);
        }
    }

    /** Only the type's name. */
    @Override
    public String toString() {
        return "AuthorizationField[****]";
    }
}
