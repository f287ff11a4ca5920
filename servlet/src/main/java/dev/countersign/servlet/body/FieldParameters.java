package dev.countersign.servlet.body;

import jakarta.servlet.ServletException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads a field value of the form {@code value; name=value; name="value"} (RFC 9110 section 5.6.6, RFC 7578 section 4.2). */
final class FieldParameters {
    private final String text;
    private int at;

    private FieldParameters(String text) {
        this.text = text;
    }

    /**
     * The parameters behind the first semicolon, by their names in lower case.
     *
     * @throws ServletException if it has another form, or a name stands twice
     */
    static Map<String, String> of(String field) throws ServletException {
        return new FieldParameters(field).read();
    }

    private Map<String, String> read() throws ServletException {
        Map<String, String> parameters = new LinkedHashMap<>();
        at = text.indexOf(';');
        while (at >= 0 && at < text.length()) {
            at++;
            skipSpace();
            if (at == text.length()) {
                break;
            }
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                throw malformed();
            }
            String name = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
            at = equals + 1;
            String value = at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
            skipSpace();
            if (name.isEmpty() || (at < text.length() && text.charAt(at) != ';')) {
                throw malformed();
            }
            if (parameters.put(name, value) != null) {
                throw malformed();
            }
        }
        return parameters;
    }

    /** Browsers write a quotation mark as %22, and a backslash as it is; others put a backslash in front of both. */
    private String quoted() throws ServletException {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length() && "\"\\".indexOf(text.charAt(at + 1)) >= 0) {
                at++;
                c = text.charAt(at);
            }
            value.append(c);
        }
        throw malformed();
    }

    private String plain() {
        int end = text.indexOf(';', at);
        int stop = end < 0 ? text.length() : end;
        String value = text.substring(at, stop).strip();
        at = stop;
        return value;
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private static ServletException malformed() {
        return new ServletException("A field of the content has parameters that cannot be read");
    }
}
