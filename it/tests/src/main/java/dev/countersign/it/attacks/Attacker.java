package dev.countersign.it.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.countersign.it.RawHttp;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Server;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the byte to a WAR with the package {@code counted}, and knows what "refused" means: a status from 400
 * to 499, nothing of the protected resource in the answer, whose methods were not called, and a challenge beside 401.
 */
final class Attacker {
    /** What everything protected answers with. */
    static final String MARKER = "MARKER-OF-THE-SECRET";

    /** A part of it is as bad, as after a Range field. */
    private static final String PART = MARKER.substring(0, 6);

    private static final int STATUS_LINE = "HTTP/1.1 200".length();
    private static final int FIRST_MILLIS = 20_000;
    private static final int SILENCE_MILLIS = 1_000;
    private static final Set<String> NONE = Set.of();

    private final RawHttp http;

    private Attacker(RawHttp http) {
        this.http = http;
    }

    static Attacker at(URL base) {
        return new Attacker(RawHttp.to(base));
    }

    RawHttp http() {
        return http;
    }

    /** The path of the application, without a slash at its end. */
    String context() {
        return http.context();
    }

    /** Every one of these targets is refused to nobody. */
    void refused(Collection<String> targets) throws IOException {
        refused(targets, NONE);
    }

    /**
     * Every one of these targets is refused to who sends these lines.
     *
     * @param targets as they stand in the request line
     */
    void refused(Collection<String> targets, Collection<String> lines) throws IOException {
        assertThat(targets).isNotEmpty();
        long before = calls();
        TreeMap<String, String> reached = new TreeMap<>();
        for (String target : targets) {
            RawResponse response = send("GET", target, lines.toArray(new String[0]));
            String problem = isServersFailure(target, response) ? "" : problem(response);
            if (!problem.isEmpty()) {
                reached.put(target, problem);
            }
        }
        if (!reached.isEmpty()) {
            fail("reached: " + reached);
        }
        assertThat(calls()).as("calls of what is protected").isEqualTo(before);
    }

    /** This request is refused; gives the answer, or null where the server ended the connection without one. */
    @Nullable
    RawResponse refused(String method, String target, String... lines) throws IOException {
        long before = calls();
        RawResponse response = send(method, target, lines);
        assertThat(problem(response))
                .as("%s %s %s", method, target, List.of(lines))
                .isEmpty();
        assertThat(calls()).as("calls of what is protected").isEqualTo(before);
        return response;
    }

    /** As {@link #refused}, with a status and, for 401, a challenge. */
    RawResponse refusedWith(int status, String method, String target, String... lines) throws IOException {
        RawResponse response = Objects.requireNonNull(refused(method, target, lines), "no answer");
        assertThat(response.status())
                .as("%s %s gives %s", method, target, response)
                .isEqualTo(status);
        return response;
    }

    /** This request is answered with the marker. */
    void reached(String target, String... lines) throws IOException {
        RawResponse response = Objects.requireNonNull(send("GET", target, lines), "no answer");
        assertThat(response.status()).as("%s gives %s", target, response).isEqualTo(200);
        assertThat(response.text()).isEqualTo(MARKER);
    }

    /** Nothing of the secret in an answer, and nothing that went wrong. */
    static void tellsNothing(@Nullable RawResponse response) {
        if (response != null) {
            assertThat(response.toString()).doesNotContain(PART);
            assertThat(response.status()).as("%s", response).isNotEqualTo(500);
        }
    }

    /** Whether the server itself failed, as it does over a target that cannot be decoded, and told nothing of the secret. */
    private static boolean isServersFailure(String target, @Nullable RawResponse response) {
        if (!Server.current().failsOverBrokenEncodings() || response == null) {
            return false;
        }
        boolean broken = false;
        for (int i = target.indexOf('%'); i >= 0; i = target.indexOf('%', i + 1)) {
            broken |= i + 2 >= target.length()
                    || Character.digit(target.charAt(i + 1), 16) < 0
                    || Character.digit(target.charAt(i + 2), 16) < 0;
        }
        return broken && response.status() == 500 && !response.toString().contains(PART);
    }

    /** What is not a refusal about this answer; empty if it is one. */
    static String problem(@Nullable RawResponse response) {
        if (response == null) {
            return "";
        }
        int status = response.status();
        if (response.toString().contains(PART)) {
            return "shows the secret, " + status;
        }
        if (Server.current().isOwnAnswer(response)) {
            return "";
        }
        if (status < 400 || status >= 500) {
            return "answered " + status;
        }
        boolean ours = response.header("Content-Type").contains("application/problem+json");
        if (status == 401 && (response.header("WWW-Authenticate").isEmpty() || !ours)) {
            return "401 without a challenge of ours";
        }
        if (ours && !response.header("Cache-Control").equals(List.of("no-store"))) {
            return "a refusal that may be stored";
        }
        return "";
    }

    /** How often anything protected ran. */
    long calls() throws IOException {
        return Long.parseLong(http.get("/calls").text());
    }

    /** The status of the very first answer, 100 and 101 included, and what follows it up to a moment of silence. */
    String first(byte[] request) throws IOException {
        String host = http.host();
        int colon = host.lastIndexOf(':');
        try (Socket socket = new Socket(host.substring(0, colon), Integer.parseInt(host.substring(colon + 1)))) {
            socket.setSoTimeout(FIRST_MILLIS);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            try {
                for (int next = in.read(); next >= 0; next = in.read()) {
                    answer.write(next);
                    if (answer.size() == STATUS_LINE) {
                        boolean switched = answer.toString(ISO_8859_1).endsWith(" 101");
                        socket.setSoTimeout(switched ? SILENCE_MILLIS : SILENCE_MILLIS / 10);
                    }
                }
            } catch (SocketTimeoutException e) {
                assertThat(answer.size()).as("no answer").isPositive();
            }
            return answer.toString(ISO_8859_1);
        }
    }

    /** Null where the server ends the connection without an answer. */
    @Nullable
    RawResponse send(String method, String target, String... lines) throws IOException {
        try {
            return http.send(raw(method, target, lines));
        } catch (EOFException | SocketException e) {
            return null;
        }
    }

    /** A whole request without a body; with a right Host unless a line has another one. */
    byte[] raw(String method, String target, String... lines) {
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        boolean host = false;
        boolean connection = false;
        for (String line : lines) {
            text.append(line).append("\r\n");
            host |= line.startsWith("Host:");
            connection |= line.startsWith("Connection:");
        }
        if (!host) {
            text.append("Host: ").append(http.host()).append("\r\n");
        }
        if (!connection) {
            text.append("Connection: close\r\n");
        }
        return text.append("\r\n").toString().getBytes(ISO_8859_1);
    }
}
