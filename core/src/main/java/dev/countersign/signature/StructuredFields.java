package dev.countersign.signature;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.TokenItem;
import org.greenbytes.http.sfv.Type;

/**
 * Structured fields (RFC 8941), read and written. The only place that knows the library beneath: its types stay here, and
 * its exceptions, whose messages quote the field, become "unreadable".
 *
 * <p>Values are {@code String}, {@link Token}, {@code Long}, {@code BigDecimal}, {@code Boolean} or {@code ByteBuffer}.
 */
final class StructuredFields {
    private static final int MAX_SEPARATORS = 4096;

    /** A token (RFC 8941 section 3.3.4), which is another thing than a string of the same characters. */
    record Token(String text) {}

    /** What a list or a dictionary has in it. */
    sealed interface Member {
        /** The parameters by their names, in order. */
        Map<String, Object> parameters();

        /** How RFC 8941 section 4.1 writes it. */
        String text();
    }

    /** An item with its parameters. */
    record Item(Object value, Map<String, Object> parameters, String text) implements Member {}

    /** An inner list with its parameters. */
    record InnerList(List<Item> items, Map<String, Object> parameters, String text) implements Member {}

    private StructuredFields() {}

    /**
     * The members of a dictionary; of a key that stands twice the last one.
     *
     * @param lines the field lines in order
     * @param maxLength how many characters they may have together
     * @return empty if they are no dictionary, or longer
     */
    static Optional<Map<String, Member>> dictionary(List<String> lines, int maxLength) {
        if (!isBounded(lines, maxLength)) {
            return Optional.empty();
        }
        try {
            Map<String, Member> members = new LinkedHashMap<>();
            parser(lines).parseDictionary().get().forEach((key, value) -> members.put(key, member(value)));
            return Optional.of(members);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The members of a list, as {@link #dictionary}. */
    static Optional<List<Member>> list(List<String> lines, int maxLength) {
        if (!isBounded(lines, maxLength)) {
            return Optional.empty();
        }
        try {
            List<Member> members = new ArrayList<>();
            parser(lines).parseList().get().forEach(value -> members.add(member(value)));
            return Optional.of(members);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An item, as {@link #dictionary}. */
    static Optional<Item> item(List<String> lines, int maxLength) {
        if (!isBounded(lines, maxLength)) {
            return Optional.empty();
        }
        try {
            return Optional.of(item(parser(lines).parseItem()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The field written as RFC 8941 section 4.1 has it (RFC 9421 section 2.1.1); empty as for {@link #dictionary}. */
    static Optional<String> strict(List<String> lines, FieldType type, int maxLength) {
        if (!isBounded(lines, maxLength)) {
            return Optional.empty();
        }
        try {
            Parser parser = parser(lines);
            Type<?> field = switch (type) {
                case ITEM -> parser.parseItem();
                case LIST -> parser.parseList();
                case DICTIONARY -> parser.parseDictionary();
            };
            return Optional.of(field.serialize());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A byte sequence, written. */
    static String bytes(byte[] bytes) {
        return ":" + Base64.getEncoder().encodeToString(bytes) + ":";
    }

    /**
     * A string, written.
     *
     * @throws IllegalArgumentException if a character is not printable ASCII, which no string can have
     */
    static String string(String text) {
        StringBuilder written = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException("a character that is not printable ASCII");
            }
            if (c == '"' || c == '\\') {
                written.append('\\');
            }
            written.append(c);
        }
        return written.append('"').toString();
    }

    /** Whether it can name a member or a parameter (RFC 8941 section 3.1.2). */
    static boolean isKey(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean first = (c >= 'a' && c <= 'z') || c == '*';
            boolean later = (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
            if (!first && (i == 0 || !later)) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** In length and in pieces, each of which costs the library a buffer as long as what is left of the field. */
    private static boolean isBounded(List<String> lines, int maxLength) {
        long length = 0;
        int separators = 0;
        for (String line : lines) {
            length += line.length() + 1L;
            if (length - 1 > maxLength) {
                return false;
            }
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (c == ',' || c == ';' || c == '"' || c == ' ') {
                    separators++;
                }
            }
        }
        return separators <= MAX_SEPARATORS;
    }

    private static Parser parser(List<String> lines) {
        return new Parser(lines.isEmpty() ? List.of("") : lines);
    }

    private static Member member(Type<?> member) {
        if (member instanceof org.greenbytes.http.sfv.InnerList list) {
            List<Item> items = new ArrayList<>(list.get().size());
            list.get().forEach(item -> items.add(item(item)));
            return new InnerList(Collections.unmodifiableList(items), parameters(list.getParams()), list.serialize());
        }
        return item((org.greenbytes.http.sfv.Item<?>) member);
    }

    private static Item item(org.greenbytes.http.sfv.Item<?> item) {
        return new Item(value(item), parameters(item.getParams()), item.serialize());
    }

    private static Map<String, Object> parameters(Parameters parameters) {
        Map<String, Object> values = new LinkedHashMap<>();
        parameters.forEach((name, value) -> values.put(name, value(value)));
        return Collections.unmodifiableMap(values);
    }

    private static Object value(Object item) {
        if (item instanceof TokenItem token) {
            return new Token(token.get());
        }
        if (item instanceof ByteSequenceItem bytes) {
            return bytes.get().asReadOnlyBuffer();
        }
        return ((Type<?>) item).get();
    }
}
