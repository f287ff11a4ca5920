package dev.countersign.it.signers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A request as it goes over the wire, but for its framing.
 *
 * @param target path and query
 * @param fields in order, without Content-Length unless a signer set one
 * @param body one char for each byte
 */
record Message(String method, String target, List<Field> fields, String body) {
    /** One field line. */
    record Field(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    Message {
        fields = List.copyOf(fields);
    }

    /** Without fields and body. */
    static Message of(String method, String target) {
        return new Message(method, target, List.of(), "");
    }

    /** With these fields behind its own. */
    Message with(Field... more) {
        return new Message(
                method, target, Stream.concat(fields.stream(), Stream.of(more)).toList(), body);
    }

    /** With one more field line. */
    Message with(String name, String value) {
        return with(new Field(name, value));
    }

    Message withMethod(String other) {
        return new Message(other, target, fields, body);
    }

    Message withTarget(String other) {
        return new Message(method, other, fields, body);
    }

    /** With this body, and, where a signer set the length, with the right one of it. */
    Message withBody(String other) {
        return new Message(method, target, fields, other)
                .replacing("Content-Length", length -> String.valueOf(other.length()));
    }

    /** With another value in each line of this field. */
    Message replacing(String name, UnaryOperator<String> change) {
        return new Message(
                method,
                target,
                fields.stream()
                        .map(field -> field.is(name) ? new Field(field.name(), change.apply(field.value())) : field)
                        .toList(),
                body);
    }

    /** Without any line of this field. */
    Message without(String name) {
        return new Message(
                method, target, fields.stream().filter(field -> !field.is(name)).toList(), body);
    }

    /** The value of the one line of this field. */
    String field(String name) {
        List<String> values = fields.stream()
                .filter(field -> field.is(name))
                .map(Field::value)
                .toList();
        if (values.size() != 1) {
            throw new IllegalArgumentException(name + ": " + values.size() + " lines in " + fields);
        }
        return values.get(0);
    }

    boolean has(String name) {
        return fields.stream().anyMatch(field -> field.is(name));
    }

    byte[] bodyBytes() {
        return body.getBytes(ISO_8859_1);
    }

    /** What a socket is given: this, and what HTTP wants beside it. */
    byte[] bytes(URI server) {
        List<Field> all = new ArrayList<>();
        if (!has("Host")) {
            all.add(new Field("Host", server.getAuthority()));
        }
        all.addAll(fields);
        if (!has("Content-Length") && !has("Transfer-Encoding") && (!body.isEmpty() || !method.equals("GET"))) {
            all.add(new Field("Content-Length", String.valueOf(body.length())));
        }
        all.add(new Field("Connection", "close"));
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        all.forEach(field ->
                text.append(field.name()).append(": ").append(field.value()).append("\r\n"));
        return text.append("\r\n").append(body).toString().getBytes(ISO_8859_1);
    }
}
