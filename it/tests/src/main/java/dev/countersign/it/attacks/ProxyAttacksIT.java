package dev.countersign.it.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.Problem;
import dev.countersign.it.RawHttp;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Server;
import dev.countersign.it.Vectors;
import dev.countersign.it.attacks.AttackedWars.Event;
import dev.countersign.it.wars.Configured;
import dev.countersign.it.wars.Credentials;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fields that tell of another client, from peers that are believed and from peers that are not. The peers of the vectors
 * are played by addresses of this machine, {@link #PEERS}; what the vectors trust is trusted as it stands, and so are the
 * addresses that play it.
 */
@ExtendWith(ArquillianExtension.class)
public class ProxyAttacksIT {
    private static final String TRUSTED = "10.0.0.0/8, 192.168.1.1, 2001:db8:1::/48, 127.10.0.0/16, 127.192.168.1";

    /** Which address of this machine plays which peer. */
    private static final Map<String, String> PEERS = Map.of(
            "10.1.1.1", "127.10.1.1",
            "192.168.1.1", "127.192.168.1",
            "192.168.1.2", "127.192.168.2",
            "203.0.113.7", "127.203.113.7");

    /** Peers that no socket of the tests can have; {@code ProxyPolicyTest} has them. */
    private static final List<String> NOT_OVER_HTTP = List.of("v6-trusted", "v4-mapped-peer");

    private static final String STRANGER = "127.203.113.7";
    private static final String PROXY = "127.10.1.1";

    @Deployment(name = "proxied", testable = false)
    static WebArchive proxied() {
        return behindProxies("proxied", "x-forwarded");
    }

    @Deployment(name = "forwarded", testable = false)
    static WebArchive forwarded() {
        return behindProxies("forwarded", "forwarded");
    }

    @Deployment(name = "direct", testable = false)
    static WebArchive direct() {
        return withKeys(AttackedWars.with("direct", Configured.KEYS + "countersign.require-https = false\n"));
    }

    private static WebArchive behindProxies(String name, String mode) {
        return withKeys(AttackedWars.with(
                name,
                Configured.KEYS + "countersign.trusted-proxies = " + TRUSTED + "\ncountersign.forwarded = " + mode
                        + "\n"));
    }

    private static WebArchive withKeys(WebArchive war) {
        return Configured.file(
                war,
                "keys.properties",
                Credentials.keyRecord("alice", "read", "")
                        + Credentials.keyRecord("office", "read", "")
                        + "key.office.cidrs = 198.51.100.0/24\n");
    }

    @Test
    void PROXY_01_the_client_is_the_one_of_the_published_vectors(
            @ArquillianResource @OperateOnDeployment("proxied") URL proxied,
            @ArquillianResource @OperateOnDeployment("forwarded") URL forwarded,
            @ArquillianResource @OperateOnDeployment("direct") URL direct)
            throws IOException {
        List<Object> cases = Vectors.list(Vectors.read("proxy-headers/client-address.json"));
        assertThat(cases).hasSize(38);
        Map<String, Map<String, Object>> sent = new LinkedHashMap<>();
        Map<String, Integer> statuses = new LinkedHashMap<>();
        for (Object value : cases) {
            Map<String, Object> vector = Vectors.object(value);
            String id = Vectors.text(vector, "id");
            if (NOT_OVER_HTTP.contains(id)) {
                continue;
            }
            boolean untrusting = Vectors.list(Vectors.member(vector, "trusted")).isEmpty();
            List<String> lines = new ArrayList<>(List.of("User-Agent: " + id));
            for (Object header : Vectors.list(Vectors.member(vector, "headers"))) {
                lines.add(Vectors.list(header).get(0) + ": "
                        + Vectors.list(header).get(1));
            }
            URL base = untrusting ? direct : lines.toString().contains(" Forwarded:") ? forwarded : proxied;
            RawHttp http = RawHttp.to(base).from(peer(vector));
            statuses.put(id, http.get("/who", lines.toArray(String[]::new)).status());
            sent.put(id, vector);
        }
        assertThat(sent).hasSize(38 - NOT_OVER_HTTP.size());

        Map<String, Event> events = new LinkedHashMap<>();
        for (URL base : List.of(proxied, forwarded, direct)) {
            AttackedWars.events(RawHttp.to(base)).forEach(event -> events.put(event.userAgent(), event));
        }
        sent.forEach((id, vector) -> {
            Event event = events.get(id);
            if (event == null) {
                // 20 kB of addresses, which servers refuse before any filter.
                assertThat(id).isEqualTo("many-entries");
                assertThat(statuses.get(id)).isIn(400, 431);
                return;
            }
            String expected = Vectors.text(vector, "expected_client");
            String peer = peer(vector);
            assertThat(event.peer()).as(id).isEqualTo(peer);
            if (expected.equals("either")) {
                // On the wire its line break ends the field.
                assertThat(event.client()).as(id).isIn("198.51.100.4", peer);
            } else {
                assertThat(event.client())
                        .as(id)
                        .isEqualTo(expected.equals(Vectors.text(vector, "peer")) ? peer : expected);
            }
        });
    }

    private static String peer(Map<String, Object> vector) {
        return Objects.requireNonNull(PEERS.get(Vectors.text(vector, "peer")));
    }

    @Test
    void PROXY_01_a_thousand_spoofed_addresses_pass_no_rule_about_addresses(
            @ArquillianResource @OperateOnDeployment("direct") URL base) throws IOException {
        RawHttp http = RawHttp.to(base).from(STRANGER);
        int batch = Server.current().keepsRefusedConnections() ? 50 : 1;
        for (int first = 0; first < 1000; first += batch) {
            StringBuilder requests = new StringBuilder();
            for (int i = first; i < first + batch; i++) {
                String spoofed = "198.51.100." + i % 256;
                requests.append("GET ")
                        .append(http.context())
                        .append("/who HTTP/1.1\r\nHost: localhost\r\n")
                        .append(Credentials.keyField("office"))
                        .append("\r\nX-Forwarded-For: ")
                        .append(spoofed)
                        .append("\r\nForwarded: for=")
                        .append(spoofed)
                        .append("\r\nX-Real-IP: ")
                        .append(spoofed)
                        .append("\r\nTrue-Client-IP: ")
                        .append(spoofed)
                        .append(i == first + batch - 1 ? "\r\nConnection: close" : "")
                        .append("\r\n\r\n");
            }
            List<RawResponse> responses = http.sendAll(requests.toString().getBytes(StandardCharsets.ISO_8859_1));
            assertThat(responses).hasSize(batch);
            for (RawResponse response : responses) {
                assertThat(response.status()).isEqualTo(403);
                assertThat(Problem.of(response).code()).isEqualTo("ip_not_allowed");
            }
        }
        assertThat(AttackedWars.events(RawHttp.to(base)))
                .filteredOn(event -> event.code().equals("ip_not_allowed"))
                .hasSize(1000)
                .allMatch(event -> event.client().equals(STRANGER));
    }

    @Test
    void PROXY_01_a_trusted_proxy_is_believed_and_nobody_beside_it(
            @ArquillianResource @OperateOnDeployment("proxied") URL base) throws IOException {
        String[] lines = {Credentials.keyField("office"), "X-Forwarded-For: 198.51.100.4", "X-Forwarded-Proto: https"};
        assertThat(RawHttp.to(base).from(PROXY).get("/who", lines).text()).startsWith("office ");
        assertThat(code(403, RawHttp.to(base).from(STRANGER).get("/who", lines)))
                .isEqualTo("https_required");
        lines[1] = "X-Forwarded-For: 198.51.100.4, 192.0.2.1";
        assertThat(code(403, RawHttp.to(base).from(PROXY).get("/who", lines))).isEqualTo("ip_not_allowed");
    }

    @Test
    void PROXY_02_a_certificate_in_a_field_is_nobodys(
            @ArquillianResource @OperateOnDeployment("proxied") URL proxied,
            @ArquillianResource @OperateOnDeployment("direct") URL direct)
            throws IOException {
        for (String line : List.of(
                "Client-Cert: :MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA=:",
                "Client-Cert-Chain: :MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA=:",
                "X-SSL-Client-Verify: SUCCESS",
                "X-SSL-Client-S-DN: CN=alice",
                "SSL_CLIENT_S_DN: CN=alice",
                "X-SSL-Cert: alice",
                "X-Client-Cert: alice",
                "X-Forwarded-Tls-Client-Cert: alice",
                "X-Forwarded-Client-Cert: By=spiffe://a/b;Hash=00;Subject=\"CN=alice\";URI=spiffe://a/alice")) {
            for (String peer : List.of(STRANGER, PROXY)) {
                assertThat(code(401, RawHttp.to(direct).from(peer).get("/who", line)))
                        .as(line)
                        .isEqualTo("credentials_required");
            }
            assertThat(code(401, RawHttp.to(proxied).from(PROXY).get("/who", line, "X-Forwarded-Proto: https")))
                    .as(line)
                    .isEqualTo("credentials_required");
        }
    }

    @Test
    void PROXY_03_who_is_not_listed_cannot_make_the_channel_safe(
            @ArquillianResource @OperateOnDeployment("proxied") URL base) throws IOException {
        RawHttp http = RawHttp.to(base).from(STRANGER);
        for (List<String> lines : List.of(
                List.of("X-Forwarded-Proto: https"),
                List.of("X-Forwarded-Proto: https", "X-Forwarded-For: 10.1.1.1", "X-Forwarded-Host: localhost"),
                List.of("X-Forwarded-Host: localhost"),
                List.of(
                        "X-Forwarded-Scheme: https",
                        "X-Forwarded-Ssl: on",
                        "Front-End-Https: on",
                        "X-Url-Scheme: https"),
                List.of("Forwarded: for=10.1.1.1;proto=https;host=localhost"),
                List.of("X-Forwarded-Port: 443"))) {
            List<String> all = new ArrayList<>(lines);
            all.add(Credentials.keyField("alice"));
            RawResponse response = http.get("/who", all.toArray(String[]::new));
            assertThat(code(403, response)).as("%s", lines).isEqualTo("https_required");
            assertThat(response.toString()).doesNotContain("localhost");
        }
    }

    @Test
    void PROXY_04_what_a_proxy_does_not_say_is_plain_http(
            @ArquillianResource @OperateOnDeployment("proxied") URL proxied,
            @ArquillianResource @OperateOnDeployment("forwarded") URL forwarded)
            throws IOException {
        String key = Credentials.keyField("alice");
        RawHttp http = RawHttp.to(proxied).from(PROXY);
        assertThat(http.get("/who", key, "X-Forwarded-Proto: https").status()).isEqualTo(200);
        for (String line : List.of(
                "X-Other: none",
                "X-Forwarded-For: 198.51.100.4",
                "X-Forwarded-Proto: http",
                "X-Forwarded-Proto:",
                "X-Forwarded-Proto: https, http",
                "X-Forwarded-Ssl: on",
                "Forwarded: for=198.51.100.4;proto=https")) {
            assertThat(code(403, http.get("/who", key, line))).as(line).isEqualTo("https_required");
        }
        RawHttp other = RawHttp.to(forwarded).from(PROXY);
        assertThat(other.get("/who", key, "Forwarded: for=198.51.100.4;proto=https")
                        .status())
                .isEqualTo(200);
        for (String line : List.of(
                "X-Forwarded-Proto: https",
                "Forwarded: for=198.51.100.4",
                "Forwarded: for=198.51.100.4;proto=https;proto=https",
                "Forwarded: for=198.51.100.4;proto=https, for=198.51.100.4")) {
            assertThat(code(403, other.get("/who", key, line))).as(line).isEqualTo("https_required");
        }
    }

    @Test
    void PROXY_05_a_field_whose_name_only_looks_like_another_is_not_that_field(
            @ArquillianResource @OperateOnDeployment("proxied") URL proxied,
            @ArquillianResource @OperateOnDeployment("direct") URL direct)
            throws IOException {
        RawHttp http = RawHttp.to(proxied).from(PROXY);
        for (String line : List.of(
                "X_Forwarded_Proto: https", "X-Forwarded_Proto: https", "X_FORWARDED_PROTO: https", "Forwarded_: x")) {
            RawResponse response = http.get("/who", Credentials.keyField("alice"), line);
            assertThat(response.status()).as("%s: %s", line, response).isIn(400, 403);
        }
        assertThat(http.get("/who", "User-Agent: alias", "X_Forwarded_For: 198.51.100.4")
                        .status())
                .isIn(400, 403);
        assertThat(AttackedWars.events(RawHttp.to(proxied)))
                .noneMatch(event -> event.client().equals("198.51.100.4")
                        && event.userAgent().equals("alias"));

        String key = Credentials.keyField("alice").substring("X-API-Key: ".length());
        for (String line : List.of(
                "X_API_Key: " + key,
                "X-API_Key: " + key,
                "XAPIKey: " + key,
                "HTTP_X_API_KEY: " + key,
                "Authorization_: ApiKey " + key,
                "HTTP_AUTHORIZATION: ApiKey " + key,
                "X-Authorization: ApiKey " + key,
                "Proxy-Authorization: ApiKey " + key)) {
            assertThat(RawHttp.to(direct).get("/who", line).status()).as(line).isIn(400, 401);
        }
        for (String line : List.of("x-api-key: " + key, "X-API-KEY: " + key, "aUTHORIZATION: apikey " + key)) {
            assertThat(RawHttp.to(direct).get("/who", line).status()).as(line).isEqualTo(200);
        }
    }

    private static String code(int status, RawResponse response) {
        assertThat(response.status()).as("%s", response).isEqualTo(status);
        return Problem.of(response).code();
    }
}
