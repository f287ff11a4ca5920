package dev.countersign.signature;

import dev.countersign.http.Ascii;
import dev.countersign.http.FieldValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of components of one message (RFC 9421 sections 2.1 and 2.2). Null throughout: the message has none that can
 * be signed. Remembers the dictionaries that it has read, however many of their members are asked for; for one thread.
 */
final class ComponentValues {
    /** What a field may have where it is read as a structured one. */
    private static final int MAX_STRUCTURED = 32 << 10;

    /** Where a field stands. */
    private record Place(String name, boolean trailers, boolean request) {}

    private final MessageParts message;
    private final Map<String, FieldType> structured;
    private final Function<List<String>, Optional<Map<String, StructuredFields.Member>>> parser;
    private @Nullable Map<Place, Map<String, StructuredFields.Member>> dictionaries;

    /** @param structured the structured fields, in lower case, that {@code ;sf} may name */
    ComponentValues(MessageParts message, Map<String, FieldType> structured) {
        this(message, structured, lines -> StructuredFields.dictionary(lines, MAX_STRUCTURED));
    }

    /** @param parser reads the lines of a dictionary */
    ComponentValues(
            MessageParts message,
            Map<String, FieldType> structured,
            Function<List<String>, Optional<Map<String, StructuredFields.Member>>> parser) {
        this.message = message;
        this.structured = structured;
        this.parser = parser;
    }

    @Nullable
    String of(Component component) {
        MessageParts from = message;
        if (component.ofRequest()) {
            // RFC 9421 section 2.4: only a response has a request that it answers.
            from = message instanceof ResponseParts response
                    ? response.request().orElse(null)
                    : null;
        }
        if (from == null) {
            return null;
        }
        if (component.isDerivedComponent()) {
            return from instanceof RequestParts request
                    ? derived(component, request)
                    : status(component, (ResponseParts) from);
        }
        Fields section = component.ofTrailers() ? from.trailers() : from.headers();
        return component.key() == null ? field(component, section) : member(component, component.key(), section);
    }

    private static @Nullable String status(Component component, ResponseParts response) {
        boolean good = response.status() >= 100 && response.status() <= 999;
        return component.name().equals(Component.STATUS) && good ? Integer.toString(response.status()) : null;
    }

    private static @Nullable String derived(Component component, RequestParts request) {
        return switch (component.name()) {
            case "@method" -> FieldValue.isToken(request.method()) ? request.method() : null;
            case "@scheme" -> request.scheme();
            case "@authority" -> authority(request);
            case "@path" -> path(request);
            // RFC 9421 section 2.2.7: an absent query is a question mark alone.
            case "@query" -> visible("?" + (request.query() == null ? "" : request.query()));
            case "@request-target" -> visible(request.requestTarget());
            case "@target-uri" -> targetUri(request);
            case Component.QUERY_PARAM ->
                request.query() == null
                        ? null
                        : QueryParameters.value(request.query(), String.valueOf(component.parameterName()));
            default -> null;
        };
    }

    /** Section 2.2.3: in lower case and without the port of the scheme, as RFC 9110 section 4.2.3 has it. */
    private static @Nullable String authority(RequestParts request) {
        String authority = request.authority();
        // A user name before the host is no part of what a server is asked for (RFC 9110 section 4.2.4).
        if (authority == null || !FieldValue.isVisibleAscii(authority) || hasAnyOf(authority, "/?#@\\,")) {
            return null;
        }
        int colon = authority.lastIndexOf(':');
        boolean port = colon > authority.lastIndexOf(']');
        String number = port ? authority.substring(colon + 1) : "";
        boolean implied = number.isEmpty()
                || (request.scheme().equals("https") && number.equals("443"))
                || (request.scheme().equals("http") && number.equals("80"));
        String host = port && implied ? authority.substring(0, colon) : authority;
        return host.isEmpty() || host.startsWith(":") ? null : Ascii.lowerCase(host);
    }

    private static boolean hasAnyOf(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Section 2.2.6: not decoded; an empty one is a slash. */
    private static @Nullable String path(RequestParts request) {
        String path = request.path();
        if (path == null) {
            return null;
        }
        return path.isEmpty() ? "/" : visible(path);
    }

    private static @Nullable String targetUri(RequestParts request) {
        String authority = authority(request);
        String path = path(request);
        if (authority == null || path == null) {
            return null;
        }
        String uri = request.scheme() + "://" + authority + path;
        return visible(request.query() == null ? uri : uri + "?" + request.query());
    }

    private static @Nullable String visible(String text) {
        return FieldValue.isVisibleAscii(text) ? text : null;
    }

    /** Section 2.1. */
    private @Nullable String field(Component component, Fields section) {
        List<String> values = values(section.lines(component.name()));
        if (values == null) {
            return null;
        }
        if (component.asBytes()) {
            return byteSequences(values);
        }
        if (component.strict()) {
            FieldType type = structured.get(component.name());
            return type == null
                    ? null
                    : StructuredFields.strict(values, type, MAX_STRUCTURED).orElse(null);
        }
        return String.join(", ", values);
    }

    /** Section 2.1.2: the member alone, with its parameters. */
    private @Nullable String member(Component component, String key, Fields section) {
        if (structured.getOrDefault(component.name(), FieldType.DICTIONARY) != FieldType.DICTIONARY) {
            return null;
        }
        if (dictionaries == null) {
            dictionaries = new HashMap<>();
        }
        StructuredFields.Member member = dictionaries
                .computeIfAbsent(
                        new Place(component.name(), component.ofTrailers(), component.ofRequest()),
                        place -> dictionary(section.lines(place.name())))
                .get(key);
        return member == null ? null : member.text();
    }

    /** Empty also for what is none, which then is not read again. */
    private Map<String, StructuredFields.Member> dictionary(List<String> lines) {
        List<String> values = values(lines);
        return values == null ? Map.of() : parser.apply(values).orElse(Map.of());
    }

    private static @Nullable List<String> values(List<String> lines) {
        if (lines.isEmpty()) {
            return null;
        }
        List<String> values = new ArrayList<>(lines.size());
        for (String line : lines) {
            String value = unfolded(line);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return values;
    }

    /** Section 2.1.3: each line by itself, so that nobody can move a comma across lines. */
    private static @Nullable String byteSequences(List<String> values) {
        StringBuilder text = new StringBuilder();
        for (String value : values) {
            byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
            if (!value.equals(new String(bytes, StandardCharsets.ISO_8859_1))) {
                return null;
            }
            text.append(text.length() == 0 ? "" : ", ").append(StructuredFields.bytes(bytes));
        }
        return text.toString();
    }

    /**
     * A line without the white space around it, and with each obsolete line folding (RFC 9112 section 5.2), with the white
     * space around that, as one space; null if there is any other line break in it.
     */
    private static @Nullable String unfolded(String line) {
        if (line.indexOf('\n') < 0 && line.indexOf('\r') < 0) {
            return FieldValue.trim(line);
        }
        StringBuilder value = new StringBuilder(line.length());
        int at = 0;
        while (at < line.length()) {
            int end = lineBreak(line, at);
            if (end < 0) {
                value.append(line, at, line.length());
                break;
            }
            value.append(FieldValue.trim(line.substring(at, end)));
            int next = line.startsWith("\r\n", end) ? end + 2 : end + 1;
            boolean folded = line.charAt(next - 1) == '\n'
                    && next < line.length()
                    && (line.charAt(next) == ' ' || line.charAt(next) == '\t');
            if (!folded) {
                return null;
            }
            while (next < line.length() && (line.charAt(next) == ' ' || line.charAt(next) == '\t')) {
                next++;
            }
            value.append(' ');
            at = next;
        }
        return FieldValue.trim(value.toString());
    }

    private static int lineBreak(String line, int from) {
        for (int i = from; i < line.length(); i++) {
            if (line.charAt(i) == '\n' || line.charAt(i) == '\r') {
                return i;
            }
        }
        return -1;
    }
}
