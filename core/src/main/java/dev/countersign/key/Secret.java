package dev.countersign.key;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Secret bytes: never shown by {@code toString}, compared in constant time, not serializable. Immutable and safe for use
 * by many threads.
 *
 * <pre>{@code
 * Secret key = Secret.parse("base64url:c2VjcmV0");
 * }</pre>
 */
public final class Secret {
    private static final String EXPECTED = "a secret is written base64:…, base64url:…, hex:… or text:…";

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a secret is empty (expected: at least one byte)");
        }
        this.bytes = bytes;
    }

    /**
     * A secret of a copy of these bytes.
     *
     * @param bytes at least one
     * @throws IllegalArgumentException if there is none
     */
    public static Secret of(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /**
     * Reads a secret from one of the forms of a setting: {@code base64:} and {@code base64url:} (RFC 4648 sections 4 and
     * 5, padding optional), {@code hex:} (either case) and {@code text:} (the UTF-8 bytes of the rest, as they are). A
     * value without a form is refused, because whether it is text or encoded bytes would be a guess.
     *
     * @throws IllegalArgumentException if the value has no form, cannot be decoded or is empty; the message tells nothing
     *     of the value
     */
    public static Secret parse(String value) {
        int colon = value.indexOf(':');
        String form = colon < 0 ? "" : value.substring(0, colon);
        String rest = value.substring(colon + 1);
        return switch (form) {
            case "base64" -> new Secret(decode(form, rest));
            case "base64url" -> new Secret(decode(form, rest));
            case "hex" -> new Secret(decode(form, rest));
            case "text" -> new Secret(utf8(rest));
            default -> throw new IllegalArgumentException(EXPECTED);
        };
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many bytes there are, at least 1. */
    public int length() {
        return bytes.length;
    }

    /** Whether the bytes are equal, in a time that depends on the length alone. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
    }

    /** The same for every secret: a hash code would tell something of the bytes wherever it is shown. */
    @Override
    public int hashCode() {
        return 1;
    }

    /** Always {@code ****}. */
    @Override
    public String toString() {
        return "****";
    }

    private static byte[] decode(String form, String text) {
        try {
            return switch (form) {
                case "base64" -> Base64.getDecoder().decode(text);
                case "base64url" -> Base64.getUrlDecoder().decode(text);
                default -> HexFormat.of().parseHex(text);
            };
        } catch (IllegalArgumentException e) {
            // Without the cause: the decoders' messages quote the offending characters.
            throw new IllegalArgumentException("a secret is not valid " + form);
        }
    }

    private static byte[] utf8(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a secret is not valid text");
        }
    }
}
