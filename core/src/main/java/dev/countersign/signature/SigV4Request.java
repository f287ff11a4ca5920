package dev.countersign.signature;

import dev.countersign.http.Ascii;
import dev.countersign.http.FieldValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request that is about to be signed, without its content.
 *
 * @param method a token, case-sensitive
 * @param rawPath the path of the request target as it is sent
 * @param rawQuery the query as it is sent, without question mark; null if there is none
 * @param fields the field lines to sign, by name: {@code Host} among them, and each as it arrives
 */
public record SigV4Request(
        String method, String rawPath, @Nullable String rawQuery, Map<String, List<String>> fields) {
    /**
     * Copies the fields, their names in lower case and sorted.
     *
     * @throws IllegalArgumentException if the method or the name of a field is no token, the path does not begin with a
     *     slash, or {@code Host} does not stand there once; no value is told
     */
    public SigV4Request {
        if (!FieldValue.isToken(method)) {
            throw new IllegalArgumentException("method of a request (expected: a token)");
        }
        if (!rawPath.startsWith("/")) {
            throw new IllegalArgumentException("path of a request (expected: begins with a slash)");
        }
        TreeMap<String, List<String>> sorted = new TreeMap<>();
        fields.forEach((name, values) -> {
            if (!FieldValue.isToken(name)) {
                throw new IllegalArgumentException("name of a field (expected: a token)");
            }
            sorted.computeIfAbsent(Ascii.lowerCase(name), lower -> new ArrayList<>())
                    .addAll(values);
        });
        sorted.values().removeIf(List::isEmpty);
        sorted.replaceAll((name, values) -> List.copyOf(values));
        if (sorted.getOrDefault("host", List.of()).size() != 1) {
            throw new IllegalArgumentException("fields of a request (expected: Host, once)");
        }
        fields = Collections.unmodifiableMap(sorted);
    }

    /** Method and path: query and fields may hold credentials. */
    @Override
    public String toString() {
        return "SigV4Request[" + method + " " + rawPath + "]";
    }
}
