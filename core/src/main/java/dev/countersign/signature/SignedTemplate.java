package dev.countersign.signature;

import dev.countersign.http.FieldValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a provider signs, as a row of values with text between them, such as {@code {timestamp}.{body}}.
 *
 * <p>There is one way only to take a signed text apart, or else who holds a signature could move bytes from one value into
 * the next one: the content stands in it once; between two values stands a text that tells where one ends and the other
 * begins, which a timestamp does by its form, and an id, a method or a target by characters that they cannot have. Only
 * Twilio's own form is made otherwise.
 *
 * @param parts in order; no two texts side by side
 * @param time how the timestamp is written, if there is one
 */
public record SignedTemplate(List<Part> parts, WebhookTimeFormat time) {
    /** A value of a delivery, or of its content. */
    public enum Value implements Part {
        /** The timestamp, as it was sent. */
        TIMESTAMP,
        /** The delivery's id. */
        ID,
        /** The method. */
        METHOD,
        /** The raw path and query of the request target. */
        TARGET,
        /** The URL that the provider called: that of the application, as the world sees it, with path and query. */
        URL,
        /** The content, byte for byte. */
        BODY,
        /** The parameters of a form, sorted ({@link SortedForm}), and nothing of other content. Twilio's alone. */
        FORM,
        /** The CRC-32 of the content, in digits. PayPal's alone. */
        CRC32;

        private static final Set<Value> CONTENT = EnumSet.of(BODY, FORM, CRC32);
        private static final Set<Value> OF_ONE_PROVIDER = EnumSet.of(FORM, CRC32);

        private String written() {
            return "{" + name().toLowerCase(Locale.ROOT) + "}";
        }
    }

    /** One part of a template. */
    public sealed interface Part permits Value, Text {}

    /**
     * What stands there as it is.
     *
     * @param text not empty
     */
    public record Text(String text) implements Part {
        /** Checks that it is not empty. */
        public Text {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("a text of a template is empty");
            }
        }
    }

    private static final int MOST_ID = 256;

    /**
     * Checks the rules above.
     *
     * @throws IllegalArgumentException if one is broken; the message says which
     */
    public SignedTemplate {
        parts = List.copyOf(parts);
        int content = contentIndex(parts);
        if (content < 0) {
            throw new IllegalArgumentException("does not sign the content, or signs it twice (expected: {body} once)");
        }
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Value value && parts.indexOf(value) != i) {
                throw new IllegalArgumentException(value.written() + " stands twice (expected: once)");
            }
            // A value before the content is read from the left and must end, one behind it from the right and begin.
            if (parts.get(content) != Value.FORM && i != content && parts.get(i) instanceof Value value) {
                requireEdge(value, i < content ? next(parts, i, 1) : next(parts, i, -1), i < content, time);
            }
        }
    }

    /**
     * Reads a template: values in braces ({@code {timestamp}}, {@code {id}}, {@code {method}}, {@code {target}}, {@code
     * {url}}, {@code {body}}), everything else as it is.
     *
     * @throws IllegalArgumentException if it names no value, or breaks a rule above; the message shows nothing of it but
     *     names of values
     */
    public static SignedTemplate parse(String template, WebhookTimeFormat time) {
        List<Part> parts = new ArrayList<>();
        int start = 0;
        while (start < template.length()) {
            int open = template.indexOf('{', start);
            int end = open < 0 ? template.length() : open;
            if (end > start) {
                parts.add(new Text(template.substring(start, end)));
            }
            if (open < 0) {
                break;
            }
            int close = template.indexOf('}', open);
            Value value = close < 0 ? null : named(template.substring(open, close + 1));
            if (value == null) {
                throw new IllegalArgumentException(
                        "has a brace that begins no value (expected: one of " + names() + ")");
            }
            parts.add(value);
            start = close + 1;
        }
        return new SignedTemplate(parts, time);
    }

    /** Whether a value stands in it. */
    public boolean has(Value value) {
        return parts.contains(value);
    }

    /** In which form the content is signed: {@link Value#BODY}, {@link Value#FORM} or {@link Value#CRC32}. */
    public Value content() {
        return (Value) parts.get(contentIndex(parts));
    }

    /** The bytes in front of the content. */
    public byte[] head(WebhookValues values) {
        return bytes(0, contentIndex(parts), values);
    }

    /** The bytes behind the content. */
    public byte[] tail(WebhookValues values) {
        return bytes(contentIndex(parts) + 1, parts.size(), values);
    }

    /**
     * Whether a value can stand in its place without being taken for more or less than it is. An id is 1 to {@value
     * #MOST_ID} visible ASCII characters, signed or not.
     */
    public boolean accepts(Value value, String text) {
        if (value == Value.TIMESTAMP) {
            return time.parse(text) != null;
        }
        if (!FieldValue.isVisibleAscii(text) || (value == Value.ID && text.length() > MOST_ID)) {
            return false;
        }
        int index = parts.indexOf(value);
        if (index < 0 || content() == Value.FORM) {
            return true;
        }
        boolean before = index < contentIndex(parts);
        Text edge = next(parts, index, before ? 1 : -1);
        return edge == null || text.indexOf(touching(edge, before)) < 0;
    }

    private byte[] bytes(int start, int end, WebhookValues values) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts.subList(start, end)) {
            text.append(part instanceof Text literal ? literal.text() : values.of((Value) part));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static int contentIndex(List<Part> parts) {
        int found = -1;
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Value value && Value.CONTENT.contains(value)) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }

    /** The text beside a part; null if a value, or nothing, stands there. */
    private static @Nullable Text next(List<Part> parts, int index, int step) {
        int at = index + step;
        return at >= 0 && at < parts.size() && parts.get(at) instanceof Text text ? text : null;
    }

    private static char touching(Text edge, boolean before) {
        return edge.text().charAt(before ? 0 : edge.text().length() - 1);
    }

    private static void requireEdge(Value value, @Nullable Text edge, boolean before, WebhookTimeFormat time) {
        if (edge == null) {
            throw new IllegalArgumentException("has nothing between " + value.written()
                    + " and the value beside it (expected: a text such as a dot between two values)");
        }
        char c = touching(edge, before);
        switch (value) {
            case TIMESTAMP -> {
                if (time.canTouch(c)) {
                    throw new IllegalArgumentException(
                            "has a digit beside {timestamp} (expected: a text that does not look like a timestamp)");
                }
            }
            case TARGET, URL -> {
                // Any visible character may stand in a request target, as it comes.
                if (c > ' ' && c != '\u007F') {
                    throw new IllegalArgumentException("has " + value.written()
                            + " beside a character that a URL can have (expected: a line break or a space there)");
                }
            }
            default -> {
                // The value itself is refused if it has the character: see accepts.
            }
        }
    }

    private static @Nullable Value named(String written) {
        for (Value value : Value.values()) {
            if (!Value.OF_ONE_PROVIDER.contains(value) && value.written().equals(written)) {
                return value;
            }
        }
        return null;
    }

    private static String names() {
        return EnumSet.complementOf(EnumSet.copyOf(Value.OF_ONE_PROVIDER)).stream()
                .map(Value::written)
                .collect(Collectors.joining(", "));
    }
}
