package dev.countersign.it.signers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.it.signers.Message.Field;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The peers that run on Node: one process of {@code src/test/node/signers.mjs}, which is given a line for each request and
 * answers with one.
 */
final class NodePeers implements AutoCloseable {
    private static final int NODE = 20;
    private static final Path SOURCES = Path.of("src", "test", "node");
    private static final Path FOLDER = Path.of("target", "node");
    private static final List<String> INSTALL =
            List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");

    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;

    private NodePeers(Process process) {
        this.process = process;
        this.questions = process.outputWriter(UTF_8);
        this.answers = process.inputReader(UTF_8);
    }

    /** Installs the peers unless they are there, and starts the process. */
    static NodePeers start() throws IOException, InterruptedException {
        if (!missing().isEmpty()) {
            throw new IllegalStateException(missing());
        }
        install();
        return new NodePeers(new ProcessBuilder("node", "signers.mjs")
                .directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /**
     * A request that a peer signed.
     *
     * @param peer its name in the script
     * @param options what the script wants of it beside the request
     */
    Message sign(String peer, Message request, URI server, JsonObject options) {
        JsonObject signed = ask(peer, request, server, options);
        String url = signed.getString("url");
        if (!url.startsWith(server.toString())) {
            throw new IllegalStateException(peer + " changed the server: " + url);
        }
        return new Message(
                signed.getString("method"),
                url.substring(server.toString().length()),
                signed.getJsonArray("headers").getValuesAs(JsonArray.class).stream()
                        .map(field -> new Field(field.getString(0), field.getString(1)))
                        .toList(),
                request.body());
    }

    /** Whether a peer finds the signature of this request good. */
    boolean accepts(String peer, Message request, URI server, JsonObject options) {
        return ask("verify:" + peer, request, server, options).getBoolean("valid");
    }

    private JsonObject ask(String peer, Message request, URI server, JsonObject options) {
        JsonArrayBuilder headers = Json.createArrayBuilder();
        request.fields()
                .forEach(field ->
                        headers.add(Json.createArrayBuilder().add(field.name()).add(field.value())));
        JsonObjectBuilder question = Json.createObjectBuilder(options)
                .add("peer", peer)
                .add("method", request.method())
                .add("url", server + request.target())
                .add("headers", headers)
                .add("body", Base64.getEncoder().encodeToString(request.bodyBytes()));
        try {
            questions.write(question.build() + "\n");
            questions.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("The process of the peers ended; its errors are above");
            }
            try (JsonReader reader = Json.createReader(new StringReader(answer))) {
                JsonObject result = reader.readObject();
                if (result.containsKey("error")) {
                    throw new IllegalStateException(peer + ": " + result.getString("error"));
                }
                return result;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        // The end of its input ends it.
        questions.close();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join().destroyForcibly();
    }

    /** Why the peers cannot run here; empty if they can. */
    static String missing() {
        int found = nodeVersion();
        return found >= NODE
                ? ""
                : "Node " + NODE + " or newer is needed for the peers that run on it, and there is "
                        + (found == 0 ? "none" : "only " + found);
    }

    private static int nodeVersion() {
        try {
            String version = run(Path.of("."), List.of("node", "--version")).strip();
            int end = version.indexOf('.');
            return version.startsWith("v") && end > 1 ? Integer.parseInt(version.substring(1, end)) : 0;
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Leaves what is there alone if it was made of the same list of versions. */
    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        for (String name : List.of("package.json", "signers.mjs")) {
            Files.copy(SOURCES.resolve(name), FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Path lock = SOURCES.resolve("package-lock.json");
        Path installed = FOLDER.resolve("installed.json");
        if (Files.exists(installed) && Files.mismatch(lock, installed) < 0) {
            return;
        }
        Files.copy(lock, FOLDER.resolve("package-lock.json"), StandardCopyOption.REPLACE_EXISTING);
        run(FOLDER, INSTALL);
        Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
    }

    /** @return what it wrote */
    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            output = String.join("\n", reader.lines().toList());
        }
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed:\n" + output);
        }
        return output;
    }
}
