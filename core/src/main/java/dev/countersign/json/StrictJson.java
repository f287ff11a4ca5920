package dev.countersign.json;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

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

    // Looking a provider up reads files; once is enough. Parser factories are safe for use by several threads.
    private static final JsonParserFactory PARSERS = provider().createParserFactory(Map.of());

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
        JsonGrammar.check(text, maxDepth);
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            return read(parser);
        } catch (InvalidJsonException e) {
            throw e;
        } catch (RuntimeException e) {
            // The provider's limits are tighter than ours. Its message may quote the text, so it goes no further.
            throw new InvalidJsonException("Refused by the JSON provider");
        }
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

    private static Object read(JsonParser parser) {
        Deque<Container> open = new ArrayDeque<>();
        while (true) {
            Object value;
            switch (parser.next()) {
                case START_OBJECT -> {
                    open.push(new Container(true));
                    continue;
                }
                case START_ARRAY -> {
                    open.push(new Container(false));
                    continue;
                }
                case KEY_NAME -> {
                    open.element().name(parser.getString());
                    continue;
                }
                case END_OBJECT, END_ARRAY -> value = open.pop().value();
                case VALUE_STRING -> value = parser.getString();
                case VALUE_NUMBER -> value = number(parser.getString());
                case VALUE_TRUE -> value = true;
                case VALUE_FALSE -> value = false;
                case VALUE_NULL -> value = JsonNull.NULL;
                default -> throw new IllegalStateException();
            }
            if (open.isEmpty()) {
                return value;
            }
            open.element().add(value);
        }
    }

    /** From the number's own text, because the providers' own conversions differ. */
    private static Object number(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' || c == 'e' || c == 'E') {
                return new BigDecimal(text);
            }
        }
        // A sign and 18 digits always fit.
        if (text.length() <= 18) {
            return Long.valueOf(text);
        }
        BigInteger value = new BigInteger(text);
        if (value.bitLength() < Long.SIZE) {
            return value.longValue();
        }
        return new BigDecimal(value);
    }

    private static JsonProvider provider() {
        // The class loader of this library first: JsonProvider.provider() asks the thread's, which on a pool thread may
        // know of no provider. Error and absence alike fall back to it.
        try {
            for (JsonProvider provider : ServiceLoader.load(JsonProvider.class, StrictJson.class.getClassLoader())) {
                return provider;
            }
        } catch (ServiceConfigurationError e) {
            return JsonProvider.provider();
        }
        return JsonProvider.provider();
    }

    /** An object or array whose end has not been read yet. */
    private static final class Container {
        private final @Nullable Map<String, Object> members;
        private final List<Object> elements;
        private @Nullable String name;

        Container(boolean object) {
            members = object ? new LinkedHashMap<>() : null;
            elements = object ? List.of() : new ArrayList<>();
        }

        void name(String newName) {
            if (members == null || members.containsKey(newName)) {
                throw new InvalidJsonException("A member name stands twice in one object");
            }
            name = newName;
        }

        void add(Object value) {
            if (members == null) {
                elements.add(value);
            } else if (name != null) {
                members.put(name, value);
            }
        }

        Object value() {
            return members == null ? Collections.unmodifiableList(elements) : Collections.unmodifiableMap(members);
        }
    }
}
