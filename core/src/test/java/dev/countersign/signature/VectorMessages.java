package dev.countersign.signature;

import static dev.countersign.JsonVectors.object;
import static dev.countersign.JsonVectors.text;

import dev.countersign.JsonVectors;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The messages of {@code vectors/http-message-signatures}. */
final class VectorMessages {
    private VectorMessages() {}

    /** The message of a case, with the request that it answers. */
    static MessageParts of(Map<String, Object> vector) {
        String scheme = vector.containsKey("scheme") ? text(vector, "scheme") : null;
        Map<String, Object> message = object(vector, "message");
        if (message.containsKey("status")) {
            Optional<RequestParts> request = vector.containsKey("request")
                    ? Optional.of(request(object(vector, "request"), scheme))
                    : Optional.empty();
            return new ResponseParts(
                    (int) JsonVectors.number(message, "status"), fields(message), Fields.NONE, request);
        }
        return request(message, scheme);
    }

    private static RequestParts request(Map<String, Object> message, @Nullable String outerScheme) {
        String scheme = message.containsKey("scheme") ? text(message, "scheme") : outerScheme;
        String target = text(message, "target");
        Fields fields = fields(message);
        List<String> hosts = fields.lines("host");
        String path = target;
        String query = null;
        if (target.startsWith("https://")) {
            path = target.substring(target.indexOf('/', "https://".length()));
        }
        int question = path.indexOf('?');
        if (question >= 0) {
            query = path.substring(question + 1);
            path = path.substring(0, question);
        }
        return new RequestParts(
                text(message, "method"),
                scheme == null ? "https" : scheme,
                hosts.isEmpty() ? null : hosts.get(0),
                path.startsWith("/") ? path : null,
                query,
                target,
                fields,
                Fields.NONE);
    }

    /** The lines of a field. */
    static Fields fields(Map<String, Object> message) {
        @SuppressWarnings("unchecked")
        List<List<String>> headers = (List<List<String>>) Objects.requireNonNull(message.get("headers"));
        return name -> headers.stream()
                .filter(header -> header.get(0).equalsIgnoreCase(name))
                .map(header -> header.get(1))
                .toList();
    }
}
