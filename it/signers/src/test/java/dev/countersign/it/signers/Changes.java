package dev.countersign.it.signers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Copies of a signed request, each with one thing of it changed that the signature covers. Each copy is still a request that
 * a server would read.
 */
final class Changes {
    private final Message signed;
    private final Map<String, Message> copies = new LinkedHashMap<>();

    private final Set<String> repeated = new HashSet<>();

    private Changes(Message signed) {
        this.signed = signed;
    }

    static Changes of(Message signed) {
        return new Changes(signed);
    }

    /** By what was changed. */
    Map<String, Message> copies() {
        return Collections.unmodifiableMap(copies);
    }

    /** Whether a status refuses the copy of this name: 401, or 400 where a field that says one thing says two. */
    boolean isRefusal(String name, int status) {
        return status == 401 || (status == 400 && repeated.contains(name));
    }

    Changes method() {
        return copy("method", signed.withMethod(signed.method().equals("PUT") ? "PATCH" : "PUT"));
    }

    Changes path() {
        String target = signed.target();
        int end = target.indexOf('?') < 0 ? target.length() : target.indexOf('?');
        String path = target.substring(0, end);
        String query = target.substring(end);
        copy("path, longer", signed.withTarget(path + "x" + query));
        copy("path, one segment more", signed.withTarget(path + "/x" + query));
        return copy("path, last character", signed.withTarget(lastChanged(path) + query));
    }

    Changes query() {
        String target = signed.target();
        int start = target.indexOf('?');
        if (start < 0) {
            return copy("query, a first parameter", signed.withTarget(target + "?zz=1"));
        }
        String path = target.substring(0, start);
        List<String> pairs = List.of(target.substring(start + 1).split("&", -1));
        copy("query, another parameter", signed.withTarget(target + "&zz=1"));
        copy("query, dropped", signed.withTarget(path));
        for (int i = 0; i < pairs.size() && !pairs.get(i).isEmpty(); i++) {
            List<String> others = new ArrayList<>(pairs);
            others.set(i, lastChanged(pairs.get(i)));
            copy("query, value of " + pairs.get(i), signed.withTarget(path + "?" + String.join("&", others)));
            others.remove(i);
            copy("query, without " + pairs.get(i), signed.withTarget(path + "?" + String.join("&", others)));
        }
        return this;
    }

    /** The other name of the server. */
    Changes host() {
        return copy("Host", signed.replacing("Host", host -> swap(host, "localhost", "127.0.0.1")));
    }

    /** A field that may be missing, and of which there may be several lines. */
    Changes field(String name) {
        String value = signed.field(name);
        copy(name + ", first character", signed.replacing(name, old -> firstChanged(old)));
        copy(name + ", last character", signed.replacing(name, old -> lastChanged(old)));
        copy(name + ", dropped", signed.without(name));
        repeated(name + ", a second line", signed.with(name, lastChanged(value)));
        return repeated(name + ", the same line again", signed.with(name, value));
    }

    Changes body() {
        String body = signed.body();
        copy("body, longer", signed.withBody(body + " "));
        if (body.isEmpty()) {
            return this;
        }
        copy("body, shorter", signed.withBody(body.substring(0, body.length() - 1)));
        copy("body, none", signed.withBody(""));
        for (int at : new int[] {0, body.length() / 3, body.length() / 2, body.length() - 1}) {
            copy("body, byte " + at, signed.withBody(flipped(body, at)));
        }
        return this;
    }

    /** A part of a field. */
    Changes part(String field, String part, String other) {
        if (!signed.field(field).contains(part)) {
            throw new IllegalArgumentException(field + ": no " + part + " in " + signed.field(field));
        }
        return copy(field + ", " + part + " as " + other, signed.replacing(field, value -> value.replace(part, other)));
    }

    /** The hexadecimal digits behind this text of a field. */
    Changes hex(String field, String marker) {
        return run(field, marker, c -> Character.digit(c, 16) >= 0);
    }

    /** The base64 behind this text of a field. */
    Changes base64(String field, String marker) {
        return run(field, marker, c -> Character.isLetterOrDigit(c) || c == '+' || c == '/');
    }

    private Changes run(String field, String marker, IntPredicate alphabet) {
        String value = signed.field(field);
        int start = value.indexOf(marker) + marker.length();
        if (start < marker.length()) {
            throw new IllegalArgumentException(field + ": no " + marker + " in " + value);
        }
        int end = start;
        while (end < value.length() && alphabet.test(value.charAt(end))) {
            end++;
        }
        // The last character of base64 has bits that mean nothing.
        for (int at : new int[] {start, start + 1, (start + end) / 2, end - 2}) {
            copy(
                    field + ", signature, character " + (at - start),
                    signed.replacing(
                            field, old -> old.substring(0, at) + other(old.charAt(at)) + old.substring(at + 1)));
        }
        int stop = end;
        copy(
                field + ", signature cut short",
                signed.replacing(field, old -> old.substring(0, stop - 2) + old.substring(stop)));
        copy(
                field + ", signature too long",
                signed.replacing(field, old -> old.substring(0, stop) + "00" + old.substring(stop)));
        copy(field + ", no signature", signed.replacing(field, old -> old.substring(0, start) + old.substring(stop)));
        return copy(field + ", dropped", signed.without(field));
    }

    /** Another copy. */
    Changes copy(String name, Message changed) {
        if (changed.equals(signed) || copies.put(name, changed) != null) {
            throw new IllegalArgumentException(name + ": nothing changed, or changed before");
        }
        return this;
    }

    /** A copy that a server may also call malformed. */
    private Changes repeated(String name, Message changed) {
        repeated.add(name);
        return copy(name, changed);
    }

    private static String swap(String text, String one, String other) {
        return text.contains(one) ? text.replace(one, other) : text.replace(other, one);
    }

    private static String flipped(String text, int at) {
        return text.substring(0, at) + (char) (text.charAt(at) ^ 1) + text.substring(at + 1);
    }

    private static String firstChanged(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isLetterOrDigit(text.charAt(at))) {
                return text.substring(0, at) + other(text.charAt(at)) + text.substring(at + 1);
            }
        }
        return text + "x";
    }

    private static String lastChanged(String text) {
        for (int at = text.length() - 1; at >= 0; at--) {
            if (Character.isLetterOrDigit(text.charAt(at))) {
                return text.substring(0, at) + other(text.charAt(at)) + text.substring(at + 1);
            }
        }
        return text + "x";
    }

    /** Another letter or digit, which is a hexadecimal digit if the one was. */
    private static char other(char one) {
        return one == '1' ? '2' : '1';
    }
}
