package dev.countersign.it.attacks;

import static dev.countersign.it.Credentials.basic;
import static dev.countersign.it.Credentials.bearer;
import static dev.countersign.it.Credentials.key;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.it.Credentials;
import dev.countersign.it.RawHttp;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Tokens;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * One request to the main WAR for each way in which it refuses.
 *
 * @param status that of the refusal
 * @param lines beside Host
 */
record Refused(int status, String method, String path, List<String> lines) {
    private static final String WRONG = "wrong-password-of-nobody";

    /** Every kind of refusal that there is: 400, 401, 403, 500 and 503. */
    static List<Refused> all() {
        String read = Tokens.granting("orders:read").signed();
        String expired = Tokens.granting("orders:read")
                .number("exp", Instant.now().getEpochSecond() - 3600)
                .signed();
        String forged = Tokens.granting("orders:read").signedByStranger();
        List<Refused> all = new ArrayList<>();
        // Nothing sent, or nothing of use.
        add(all, 401, "GET", "/api/orders");
        add(all, 401, "GET", "/report");
        add(all, 401, "GET", "/clerks/page.txt");
        add(all, 401, "GET", "/api/schemes");
        add(all, 401, "OPTIONS", "/api/orders", "Accept: text/plain");
        add(all, 401, "POST", "/api/orders", "Content-Length: 0");
        add(all, 401, "GET", "/api/orders", "Authorization: Digest username=\"alice\", response=\"" + WRONG + "\"");
        add(all, 401, "GET", "/api/schemes/token", key(Credentials.WRITER));
        // Wrong or malformed.
        add(all, 401, "GET", "/api/orders", basic("alice", WRONG));
        add(all, 401, "GET", "/api/orders", basic("nobody", WRONG));
        add(all, 401, "GET", "/api/orders", basic("dora", Credentials.PASSWORD));
        add(all, 401, "GET", "/api/orders", basic("louis", Credentials.PASSWORD));
        add(all, 401, "GET", "/api/orders", "Authorization: Basic " + WRONG);
        add(all, 400, "GET", "/api/orders", bearer(forged) + " " + WRONG);
        add(all, 401, "GET", "/api/orders", bearer(expired));
        add(all, 401, "GET", "/api/orders", bearer(forged));
        add(all, 401, "GET", "/api/orders", bearer("opaque-" + WRONG));
        add(
                all,
                401,
                "GET",
                "/api/orders",
                bearer(Tokens.granting("orders:read").unsigned()));
        add(all, 401, "GET", "/api/orders", key(Credentials.UNKNOWN));
        add(all, 401, "GET", "/api/orders", key(Credentials.EXPIRED));
        add(all, 401, "GET", "/api/orders", key(Credentials.REVOKED));
        add(all, 401, "GET", "/api/schemes/robot", bearer(Credentials.ROBOT_EXPIRED));
        add(all, 401, "GET", "/api/schemes/optional", key(Credentials.UNKNOWN));
        // Good, and not enough.
        add(all, 403, "GET", "/api/orders", key(Credentials.ELSEWHERE));
        add(all, 403, "POST", "/api/orders", bearer(read), "Content-Length: 0");
        add(all, 403, "POST", "/api/orders", key(Credentials.READER), "Content-Length: 0");
        add(all, 403, "GET", "/api/orders/clerk", key(Credentials.READER));
        add(all, 403, "GET", "/clerks/page.txt", key(Credentials.READER));
        add(all, 401, "GET", "/api/orders/pair", key(Credentials.READER));
        add(all, 401, "GET", "/api/orders/pair", key(Credentials.READER), bearer(forged));
        // Several, or where none belongs.
        add(all, 400, "GET", "/api/orders", basic("alice", WRONG), bearer(read));
        add(all, 400, "GET", "/api/orders", key(Credentials.READER), key(Credentials.WRITER));
        add(all, 400, "GET", "/api/orders?access_token=" + read);
        add(all, 400, "GET", "/api/schemes/key?q=" + Credentials.WRITER);
        // For what the request is.
        add(all, 400, "GET", "/api/orders;" + WRONG, basic("alice", Credentials.PASSWORD));
        add(all, 403, "GET", "/api/schemes/closed", basic("alice", Credentials.PASSWORD));
        add(all, 403, "GET", "/open/shut/page.txt");
        add(all, 403, "GET", "/api/application.wadl");
        add(all, 403, "GET", "/api/orders", key(Credentials.WRITER), "X-Forwarded-For: 192.0.2.1");
        // Outages and faults.
        add(all, 503, "GET", "/api/schemes/fragile", "X-Fragile: outage");
        add(all, 503, "GET", "/api/schemes/optional", "X-Fragile: full");
        add(all, 500, "GET", "/api/schemes/fragile", "X-Fragile: fault-" + WRONG);
        add(all, 500, "GET", "/api/schemes/optional", "X-Fragile: claim");
        return all;
    }

    private static void add(List<Refused> all, int status, String method, String path, String... lines) {
        all.add(new Refused(status, method, path, List.of(lines)));
    }

    /** The same refusal with one more field line. */
    Refused with(String line) {
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        return new Refused(status, method, path, List.copyOf(more));
    }

    RawResponse send(RawHttp http) throws IOException {
        return http.request(method, path, null, lines.toArray(String[]::new));
    }

    /** What no log may have of this request: passwords, keys behind their hint, and tokens behind their header. */
    List<String> secrets() {
        List<String> secrets = new ArrayList<>(List.of(WRONG, Credentials.PASSWORD));
        for (String part : (path + " " + String.join(" ", lines)).split("[ ?=&]", -1)) {
            if (part.startsWith("sk_test_") || part.startsWith("rk_test_")) {
                secrets.add(part.substring("sk_test_".length() + 7));
            } else if (part.startsWith("eyJ")) {
                secrets.add(part.substring(part.indexOf('.') + 1));
                secrets.add(part.substring(part.indexOf('.') + 1, part.indexOf('.') + 20));
            }
        }
        for (String line : lines) {
            if (line.toLowerCase(Locale.ROOT).startsWith("authorization: basic ")) {
                String encoded = line.substring("Authorization: Basic ".length());
                secrets.add(encoded);
                secrets.add(
                        encoded.equals(WRONG)
                                ? WRONG
                                : new String(Base64.getDecoder().decode(encoded), UTF_8));
            }
        }
        return secrets;
    }
}
