package dev.countersign.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp.RawResponse;
import java.io.IOException;
import java.net.URL;
import java.util.List;

/**
 * A client of the main WAR that knows what every refusal must have (SPEC section 5, G8 and G10; section 7), and that no
 * method of the application ran for it (CHAIN-22).
 */
public final class Orders {
    private static final String METADATA =
            "resource_metadata=\"https://api.example.com/.well-known/oauth-protected-resource/orders\"";

    public static final String BASIC = "Basic realm=\"orders\", charset=\"UTF-8\"";
    public static final String API_KEY = "ApiKey realm=\"orders\", in=\"header\", name=\"X-API-Key\"";
    public static final String ROBOT_KEY = "ApiKey realm=\"orders\", in=\"header\", name=\"X-Robot-Key\"";
    public static final String BEARER = "Bearer realm=\"orders\", " + METADATA;
    public static final String BEARER_READ = "Bearer realm=\"orders\", scope=\"orders:read\", " + METADATA;

    /** R1, where a scope is asked for and where none is. */
    public static final List<String> ALL_READ = List.of(BASIC, BEARER_READ, API_KEY);

    public static final List<String> ALL = List.of(BASIC, BEARER, API_KEY);

    private final RawHttp http;

    private Orders(RawHttp http) {
        this.http = http;
    }

    /** A client of the main WAR at this URL. */
    public static Orders at(URL base) {
        return new Orders(RawHttp.to(base));
    }

    /** For what this class does not know. */
    public RawHttp http() {
        return http;
    }

    /** The Bearer challenge with these parameters between realm and metadata. */
    public static String bearer(String... parameters) {
        return "Bearer realm=\"orders\", " + String.join(", ", parameters) + ", " + METADATA;
    }

    /** The parameters of an error. */
    public static String error(String error, String description) {
        return "error=\"" + error + "\", error_description=\"" + description + "\"";
    }

    /** GET is refused so, and HEAD with the same fields and no body. */
    public Problem refused(int status, List<String> challenges, String path, String... lines) throws IOException {
        Problem problem = refused(status, challenges, "GET", path, lines);
        long before = calls();
        RawResponse head = http.request("HEAD", path, null, lines);
        checkFields(head, status, challenges);
        assertThat(head.header("Content-Type")).containsExactly("application/problem+json");
        assertThat(head.body()).isEmpty();
        assertThat(calls()).isEqualTo(before);
        return problem;
    }

    /** A request of this method is refused so. */
    public Problem refused(int status, List<String> challenges, String method, String path, String[] lines)
            throws IOException {
        return refused(
                status,
                challenges,
                raw(method, http.context() + path, "Host: " + http.host(), String.join("\r\n", lines)));
    }

    /** A request to the byte is refused so. */
    public Problem refused(int status, List<String> challenges, byte[] request) throws IOException {
        long before = calls();
        RawResponse response = http.send(request);
        checkFields(response, status, challenges);
        assertThat(calls()).as("calls of the application's methods").isEqualTo(before);
        return Problem.of(response);
    }

    /** The body of an admitted GET. */
    public String admitted(String path, String... lines) throws IOException {
        RawResponse response = http.get(path, lines);
        assertThat(response.status()).as("%s", response).isEqualTo(200);
        assertThat(response.header("WWW-Authenticate")).isEmpty();
        assertThat(response.header("X-Content-Type-Options")).containsExactly("nosniff");
        return response.text();
    }

    /** A whole request without a body; empty lines are left out. */
    public static byte[] raw(String method, String target, String... lines) {
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nConnection: close\r\n");
        for (String line : lines) {
            if (!line.isEmpty()) {
                text.append(line).append("\r\n");
            }
        }
        return text.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    /** How often a method of the application ran. */
    public long calls() throws IOException {
        return Long.parseLong(http.get("/calls").text());
    }

    private static void checkFields(RawResponse response, int status, List<String> challenges) {
        assertThat(response.status()).as("%s", response).isEqualTo(status);
        assertThat(response.header("WWW-Authenticate")).containsExactlyElementsOf(challenges);
        assertThat(response.header("Cache-Control")).containsExactly("no-store");
        assertThat(response.header("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(response.header("Location")).isEmpty();
        assertThat(response.header("Set-Cookie")).isEmpty();
    }
}
