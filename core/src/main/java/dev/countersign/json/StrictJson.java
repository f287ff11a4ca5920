package dev.countersign.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads JSON (RFC 8259) into immutable values that have one meaning only. On top of the RFC's grammar it refuses member
 * names that stand twice in one object at any level, lone surrogates, a byte order mark, input that is not UTF-8, and
 * numbers longer than {@value #MAX_NUMBER_LENGTH} characters or with an exponent of more than
 * {@value #MAX_EXPONENT_DIGITS} digits, so that no short text becomes a huge number.
 *
 * <p>The values are: {@code Map<String, Object>} for an object, in the order of its members; {@code List<Object>};
 * {@code String}; {@code Long} for a number without fraction and exponent that fits, else {@code BigDecimal};
 * {@code Boolean}; {@link JsonNull#NULL}. Maps and lists are unmodifiable.
 *
 * <p>The caller bounds the length of the input. All methods may be called by any number of threads.
 */
public final class StrictJson {
    /** How many characters a number may have, sign and exponent included. */
    static final int MAX_NUMBER_LENGTH = 128;

    /** How many digits an exponent may have, leading zeros not counted. */
    static final int MAX_EXPONENT_DIGITS = 3;

    /** The deepest nesting that can be asked for. */
    static final int MAX_DEPTH = 512;

    private StrictJson() {}

    /**
     * Reads one JSON text of any type.
     *
     * @param utf8 the text in UTF-8, without byte order mark
     * @param maxDepth how many objects and arrays may be open at once: 0 (a scalar only) to 512
     * @throws InvalidJsonException if it is refused; the message carries nothing of the input
     */
    public static Object parse(byte[] utf8, int maxDepth) {
        return parse(decode(utf8), maxDepth);
    }

    /**
     * Reads one JSON text of any type.
     *
     * @param text the text
     * @param maxDepth how many objects and arrays may be open at once: 0 (a scalar only) to 512
     * @throws InvalidJsonException if it is refused; the message carries nothing of the input
     */
    public static Object parse(String text, int maxDepth) {
        if (maxDepth < 0 || maxDepth > MAX_DEPTH) {
            throw new IllegalArgumentException("maxDepth: " + maxDepth + " (expected: 0 to " + MAX_DEPTH + ")");
        }
        return JsonReader.read(text, maxDepth);
    }

    /**
     * Reads one JSON object.
     *
     * @param utf8 the text in UTF-8, without byte order mark
     * @param maxDepth how many objects and arrays may be open at once, the object itself included: 1 to 512
     * @return its members in their order
     * @throws InvalidJsonException if it is refused or no object; the message carries nothing of the input
     */
    public static Map<String, Object> parseObject(byte[] utf8, int maxDepth) {
        return parseObject(decode(utf8), maxDepth);
    }

    /**
     * Reads one JSON object.
     *
     * @param text the text
     * @param maxDepth how many objects and arrays may be open at once, the object itself included: 1 to 512
     * @return its members in their order
     * @throws InvalidJsonException if it is refused or no object; the message carries nothing of the input
     */
    @SuppressWarnings("unchecked") // read(…) makes no other kind of map
    public static Map<String, Object> parseObject(String text, int maxDepth) {
        if (parse(text, maxDepth) instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new InvalidJsonException("Not a JSON object");
    }

    private static String decode(byte[] utf8) {
        for (byte b : utf8) {
            if (b < 0) {
                return decodeStrictly(utf8);
            }
        }
        return new String(utf8, StandardCharsets.ISO_8859_1);
    }

    private static String decodeStrictly(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidJsonException("Not UTF-8");
        }
    }
}
