package dev.countersign.signature;

import dev.countersign.http.Utf8;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query, as {@code @query-param} has them (RFC 9421 section 2.2.8): decoded as a form, and encoded
 * again in one way. Percent signs that start no escape, and what is not UTF-8, would be repaired by a browser and are
 * refused here: two queries would have one value.
 */
final class QueryParameters {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private QueryParameters() {}

    /**
     * The encoded value of a parameter.
     *
     * @param name the encoded name
     * @return null if it does not occur, occurs more than once, or the query cannot be read
     */
    static @Nullable String value(String query, String name) {
        String found = null;
        int at = 0;
        while (at <= query.length()) {
            int end = query.indexOf('&', at);
            end = end < 0 ? query.length() : end;
            if (end > at) {
                int equals = query.indexOf('=', at);
                int nameEnd = equals < 0 || equals > end ? end : equals;
                String encodedName = recoded(query.substring(at, nameEnd));
                if (encodedName == null) {
                    return null;
                }
                if (encodedName.equals(name)) {
                    String value = recoded(query.substring(Math.min(nameEnd + 1, end), end));
                    if (found != null || value == null) {
                        return null;
                    }
                    found = value;
                }
            }
            at = end + 1;
        }
        return found;
    }

    /** Whether a name is written in the one way in which one is found. */
    static boolean isEncoded(String name) {
        return name.equals(recoded(name));
    }

    private static @Nullable String recoded(String text) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length()
                        || !HexFormat.isHexDigit(text.charAt(i + 1))
                        || !HexFormat.isHexDigit(text.charAt(i + 2))) {
                    return null;
                }
                decoded.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else if (c > '~') {
                return null;
            } else {
                decoded.write(c == '+' ? ' ' : c);
            }
        }
        byte[] bytes = decoded.toByteArray();
        return Utf8.decode(bytes) == null ? null : encoded(bytes);
    }

    /** The application/x-www-form-urlencoded percent-encode set of the URL standard, with a space as {@code %20}. */
    private static String encoded(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            boolean plain = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
            if (plain || b == '*' || b == '-' || b == '.' || b == '_') {
                text.append((char) b);
            } else {
                text.append('%');
                HEX.toHexDigits(text, b);
            }
        }
        return text.toString();
    }
}
