package dev.countersign.http;

import dev.countersign.http.ChallengeField.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the lines of one {@code WWW-Authenticate} field; the end of a line is a comma (RFC 9110 section 5.3). */
final class ChallengeParser {
    /** How long all lines may be together. */
    static final int MAX_LENGTH = 16 * 1024;

    private static final int MAX_COUNT = 64;

    private final List<ChallengeField> finished = new ArrayList<>();
    private @Nullable String scheme;
    private @Nullable String token68;
    private List<Parameter> parameters = new ArrayList<>();

    private String text = "";
    private int position;

    /** Reads one line; false if it breaks the grammar. */
    boolean line(String line) {
        text = line;
        position = 0;
        while (true) {
            skipWhitespace();
            if (atEnd()) {
                return true;
            }
            if (text.charAt(position) == ',') {
                // An empty list element (RFC 9110 section 5.6.1.2).
                position++;
            } else if (!element() || finished.size() == MAX_COUNT) {
                return false;
            }
        }
    }

    /** What has been read, the last challenge included. */
    List<ChallengeField> challenges() {
        finish();
        return List.copyOf(finished);
    }

    /** A challenge with the first of its parameters, or one more parameter. */
    private boolean element() {
        int end = FieldValue.tokenEnd(text, position);
        if (end == position) {
            return false;
        }
        int next = FieldValue.skipWhitespace(text, end);
        if (next < text.length() && text.charAt(next) == '=') {
            // "Basic , realm=x": only a challenge that has parameters already can have one more.
            return !parameters.isEmpty() && parameter() && atElementEnd();
        }
        finish();
        scheme = text.substring(position, end);
        position = next;
        if (atElementEnd()) {
            return true;
        }
        for (int i = end; i < next; i++) {
            if (text.charAt(i) != ' ') {
                return false;
            }
        }
        return next > end && (token68() || (parameter() && atElementEnd()));
    }

    private boolean token68() {
        int start = position;
        int end = FieldValue.token68End(text, start);
        if (end == start) {
            return false;
        }
        position = end;
        if (!atElementEnd()) {
            position = start;
            return false;
        }
        token68 = text.substring(start, end);
        return true;
    }

    private boolean parameter() {
        int end = FieldValue.tokenEnd(text, position);
        String name = text.substring(position, end);
        position = FieldValue.skipWhitespace(text, end);
        if (name.isEmpty() || atEnd() || text.charAt(position) != '=') {
            return false;
        }
        position = FieldValue.skipWhitespace(text, position + 1);
        QuotedString quoted = QuotedString.read(text, position);
        String value;
        if (quoted != null) {
            value = quoted.value();
            position = quoted.end();
        } else {
            int valueEnd = FieldValue.tokenEnd(text, position);
            if (valueEnd == position) {
                return false;
            }
            value = text.substring(position, valueEnd);
            position = valueEnd;
        }
        for (Parameter earlier : parameters) {
            if (Ascii.equalsIgnoreCase(earlier.name(), name)) {
                return false;
            }
        }
        parameters.add(new Parameter(name, value));
        return parameters.size() <= MAX_COUNT;
    }

    /** Whether, behind white space, a comma or the end of the line follows. */
    private boolean atElementEnd() {
        skipWhitespace();
        return atEnd() || text.charAt(position) == ',';
    }

    private void finish() {
        if (scheme != null) {
            finished.add(new ChallengeField(scheme, Optional.ofNullable(token68), parameters));
        }
        scheme = null;
        token68 = null;
        parameters = new ArrayList<>();
    }

    private void skipWhitespace() {
        position = FieldValue.skipWhitespace(text, position);
    }

    private boolean atEnd() {
        return position >= text.length();
    }
}
