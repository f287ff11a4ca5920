package dev.countersign.signature;

import dev.countersign.JsonVectors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A case of AWS's own test suite, {@code vectors/aws-sigv4/official}: one folder. */
public record SigV4OfficialCase(String name, Message request, Map<String, Object> context) {
    private static final String FOLDER = "aws-sigv4/official/";

    /** A request as it stands in a file, its fields in order. */
    public record Message(String method, String target, List<Map.Entry<String, String>> fields, String text) {
        /** What stands before the question mark. */
        public String rawPath() {
            int question = target.indexOf('?');
            return question < 0 ? target : target.substring(0, question);
        }

        /** What stands behind it. */
        public @Nullable String rawQuery() {
            int question = target.indexOf('?');
            return question < 0 ? null : target.substring(question + 1);
        }

        /** All lines of each name. */
        public Map<String, List<String>> lines() {
            Map<String, List<String>> lines = new LinkedHashMap<>();
            fields.forEach(field -> lines.computeIfAbsent(field.getKey(), name -> new ArrayList<>())
                    .add(field.getValue()));
            return lines;
        }

        /** The content. */
        public byte[] body() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        /** The SHA-256 of the body. */
        public String sha256() {
            return Digests.sha256(text);
        }
    }

    /** All of them. */
    public static Stream<SigV4OfficialCase> all() {
        try {
            Path folder = Path.of(
                    SigV4OfficialCase.class.getResource("/vectors/" + FOLDER).toURI());
            List<String> names = new ArrayList<>();
            try (Stream<Path> folders = Files.list(folder)) {
                folders.forEach(path -> names.add(path.getFileName().toString()));
            }
            return names.stream()
                    .sorted()
                    .map(name -> new SigV4OfficialCase(
                            name,
                            message(text(name, "request.txt")),
                            JsonVectors.object(FOLDER + name + "/context.json")));
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The content of a file of the case. */
    public String file(String file) {
        return text(name, file);
    }

    /** A request of the case. */
    public Message message(Form form) {
        return message(file(form.name().toLowerCase(Locale.ROOT) + "-signed-request.txt"));
    }

    /** Where the signature stands. */
    public enum Form {
        HEADER,
        QUERY
    }

    /** When it was signed. */
    public Instant timestamp() {
        return Instant.parse(JsonVectors.text(context, "timestamp"));
    }

    /** How long the presigned one is good. */
    public long expires() {
        return JsonVectors.number(context, "expiration_in_seconds");
    }

    /** Whether dot segments are resolved. */
    public boolean normalizes() {
        return Boolean.TRUE.equals(context.get("normalize"));
    }

    /** Whether the digest of the body is a field of its own. */
    public boolean signsBody() {
        return Boolean.TRUE.equals(context.get("sign_body"));
    }

    /** Whether the session token is added after signing. */
    public boolean omitsToken() {
        return Boolean.TRUE.equals(context.get("omit_session_token"));
    }

    /** A part of the credentials. */
    public Optional<String> credential(String member) {
        return Optional.ofNullable(
                (String) JsonVectors.object(context, "credentials").get(member));
    }

    @Override
    public String toString() {
        return name;
    }

    private static Message message(String text) {
        String[] lines = text.split("\r?\n", -1);
        String start = lines[0];
        int first = start.indexOf(' ');
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        int line = 1;
        while (line < lines.length && !lines[line].isEmpty()) {
            if (lines[line].startsWith(" ")) {
                Map.Entry<String, String> folded = fields.remove(fields.size() - 1);
                fields.add(Map.entry(folded.getKey(), folded.getValue() + "\n" + lines[line]));
            } else {
                int colon = lines[line].indexOf(':');
                fields.add(Map.entry(lines[line].substring(0, colon), lines[line].substring(colon + 1)));
            }
            line++;
        }
        StringBuilder body = new StringBuilder();
        for (int i = line + 1; i < lines.length; i++) {
            body.append(body.isEmpty() ? "" : "\n").append(lines[i]);
        }
        return new Message(
                start.substring(0, first),
                start.substring(first + 1, start.lastIndexOf(" HTTP/1.1")),
                fields,
                body.toString());
    }

    private static String text(String name, String file) {
        try (InputStream in = SigV4OfficialCase.class.getResourceAsStream("/vectors/" + FOLDER + name + "/" + file)) {
            if (in == null) {
                throw new AssertionError("No " + file + " in " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
