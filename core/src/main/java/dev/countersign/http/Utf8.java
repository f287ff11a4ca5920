package dev.countersign.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** UTF-8 (RFC 3629), read strictly: overlong forms, encoded surrogates and the like are no text. */
public final class Utf8 {
    private Utf8() {}

    /** The text of these bytes; null if they are not UTF-8. */
    public static @Nullable String decode(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return decodeStrictly(bytes);
            }
        }
        // Nearly always, and then without a decoder.
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String decodeStrictly(byte[] bytes) {
        try {
            // The decoder of a charset reports by default.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
