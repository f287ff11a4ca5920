package dev.countersign.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds credentials in a raw query string (SPEC section 6 R8; RFC 6750 section 2.3, RFC 9700 section 4.3.2): a parameter of one of the
 * given names, with or without value, or a value that starts with a configured key prefix. Names compare without regard
 * to ASCII case. Names and values are looked at as they stand and percent-decoded once, {@code +} as space; a broken
 * escape stands for itself. {@code &} and {@code ;} separate parameters; one without {@code =} is a value too. The work
 * is bounded by the length of the query times the number of names and prefixes; nothing is thrown.
 */
public final class QueryCredentials {
    private final List<byte[]> names;
    private final List<byte[]> prefixes;

    private QueryCredentials(List<byte[]> names, List<byte[]> prefixes) {
        this.names = names;
        this.prefixes = prefixes;
    }

    /**
     * What to look for.
     *
     * @param names the names of parameters, such as {@code access_token}; may be empty
     * @param keyPrefixes the prefixes of keys, such as {@code sk_live_}, compared exactly; may be empty
     * @throws IllegalArgumentException if a name or prefix is the empty string
     */
    public static QueryCredentials of(Collection<String> names, Collection<String> keyPrefixes) {
        List<byte[]> nameBytes = new ArrayList<>();
        for (String name : names) {
            nameBytes.add(bytes(Ascii.lowerCase(name)));
        }
        List<byte[]> prefixBytes = new ArrayList<>();
        for (String prefix : keyPrefixes) {
            prefixBytes.add(bytes(prefix));
        }
        return new QueryCredentials(nameBytes, prefixBytes);
    }

    /**
     * Whether the query carries a credential.
     *
     * @param rawQuery the query as it was sent, without question mark, or null if there is none
     */
    public boolean presentIn(@Nullable String rawQuery) {
        if (rawQuery == null || rawQuery.isEmpty()) {
            return false;
        }
        int start = 0;
        while (start <= rawQuery.length()) {
            int end = start;
            int equals = -1;
            while (end < rawQuery.length() && rawQuery.charAt(end) != '&' && rawQuery.charAt(end) != ';') {
                if (equals < 0 && rawQuery.charAt(end) == '=') {
                    equals = end;
                }
                end++;
            }
            if (isNamed(rawQuery, start, equals < 0 ? end : equals)
                    || isKey(rawQuery, equals < 0 ? start : equals + 1, end)) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    private boolean isNamed(String query, int start, int end) {
        for (int i = 0; i < names.size(); i++) {
            byte[] name = names.get(i);
            if (matchEnd(query, start, end, name, true, true) == end
                    || matchEnd(query, start, end, name, true, false) == end) {
                return true;
            }
        }
        return false;
    }

    private boolean isKey(String query, int start, int end) {
        for (int i = 0; i < prefixes.size(); i++) {
            byte[] prefix = prefixes.get(i);
            if (matchEnd(query, start, end, prefix, false, true) >= 0
                    || matchEnd(query, start, end, prefix, false, false) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Where the text that equals {@code wanted} ends, or -1 if the query has something else at {@code start}. */
    private static int matchEnd(String query, int start, int end, byte[] wanted, boolean ignoreCase, boolean decode) {
        int position = start;
        for (byte octet : wanted) {
            if (position >= end) {
                return -1;
            }
            int c = query.charAt(position++);
            if (decode && c == '%' && position + 1 < end) {
                int high = Ascii.hexDigit(query.charAt(position));
                int low = Ascii.hexDigit(query.charAt(position + 1));
                if (high >= 0 && low >= 0) {
                    c = high << 4 | low;
                    position += 2;
                }
            } else if (decode && c == '+') {
                c = ' ';
            }
            if (ignoreCase && c >= 'A' && c <= 'Z') {
                c += 'a' - 'A';
            }
            if (c != (octet & 0xFF)) {
                return -1;
            }
        }
        return position;
    }

    private static byte[] bytes(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("A parameter name or key prefix is empty");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
