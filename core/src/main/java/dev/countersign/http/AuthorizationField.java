package dev.countersign.http;

import java.util.Optional;

/**
 * The value of one {@code Authorization} field line (RFC 9110 section 11.6.2), split at its authentication scheme. What
 * follows the scheme is left to the scheme.
 *
 * <p>{@link #toString()} shows nothing: also the scheme may be a secret, where a client sent a bare key.
 *
 * @param scheme the scheme token as it was sent
 * @param credentials what follows it, without surrounding white space; empty if nothing does
 * @param delimited whether only spaces stand between the two, as section 11.4 requires; a tab or any other character
 *     there makes the field malformed, and that character then starts {@code credentials}
 */
public record AuthorizationField(String scheme, String credentials, boolean delimited) {
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
        boolean delimited = end == value.length() || (start > end && value.charAt(start) != '\t');
        return Optional.of(new AuthorizationField(value.substring(0, end), value.substring(start), delimited));
    }

    /** Whether the scheme is this one, without regard to ASCII case (RFC 9110 section 11.1). */
    public boolean is(String otherScheme) {
        return Ascii.equalsIgnoreCase(scheme, otherScheme);
    }

    /** Whether the credentials are a well-delimited {@code token68} (RFC 9110 section 11.2). */
    public boolean isToken68() {
        return delimited && FieldValue.isToken68(credentials);
    }

    /** Only the type's name. */
    @Override
    public String toString() {
        return "AuthorizationField[****]";
    }
}
