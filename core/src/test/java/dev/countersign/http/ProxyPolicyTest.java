package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.http.ProxyPolicy.Mode;
import dev.countersign.json.Vectors;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ProxyPolicyTest {
    private static final CidrList TRUSTED = cidrs(List.of("10.0.0.0/8", "2001:db8:1::/48"));

    @TestFactory
    Stream<DynamicTest> finds_the_client_of_the_published_vectors() {
        List<Vectors.Case> cases = Vectors.read("proxy-headers/client-address.json");
        assertThat(cases).hasSize(38);
        return cases.stream().map(c -> DynamicTest.dynamicTest(c.text("id"), () -> check(c)));
    }

    private static void check(Vectors.Case c) {
        List<List<String>> fields = c.lists("headers");
        boolean forwarded = fields.stream().anyMatch(field -> field.get(0).equals("Forwarded"));
        ProxyPolicy policy = new ProxyPolicy(cidrs(c.texts("trusted")), forwarded ? Mode.FORWARDED : Mode.X_FORWARDED);
        Origin origin = policy.resolve(address(c.text("peer")), false, name -> lines(fields, name));
        if (c.text("id").equals("many-entries")) {
            // The case allows a limit on hops; the last one looked at is the same address here.
            assertThat(origin.client()).isEqualTo(address("10.9.9.9"));
        } else if (c.text("expected_client").equals("either")) {
            assertThat(origin.client()).isEqualTo(address(c.text("peer")));
        } else {
            assertThat(origin.client().getHostAddress()).isEqualTo(c.text("expected_client"));
        }
    }

    private static List<String> lines(List<List<String>> fields, String name) {
        List<String> lines = new ArrayList<>();
        for (List<String> field : fields) {
            if (Ascii.equalsIgnoreCase(field.get(0), name)) {
                lines.add(field.get(1));
            }
        }
        return lines;
    }

    @Test
    void PROXY_01_a_spoofed_field_never_changes_the_client_of_an_untrusted_peer() {
        InetAddress peer = address("203.0.113.7");
        for (Mode mode : Mode.values()) {
            ProxyPolicy policy = new ProxyPolicy(TRUSTED, mode);
            for (int i = 0; i < 1000; i++) {
                String spoofed = "198.51." + i / 256 + "." + i % 256;
                assertThat(policy.resolve(
                                peer, false, name -> List.of(spoofed, "for=" + spoofed + ";proto=https", "https")))
                        .isEqualTo(new Origin(peer, false));
            }
        }
    }

    @Test
    void without_a_mode_no_field_is_asked_for() {
        Origin origin = new ProxyPolicy(TRUSTED, Mode.NONE).resolve(address("10.1.1.1"), true, name -> {
            throw new AssertionError(name);
        });
        assertThat(origin).isEqualTo(new Origin(address("10.1.1.1"), true));
        assertThat(ProxyPolicy.NONE.resolve(address("10.1.1.1"), false, name -> List.of("1.2.3.4")))
                .isEqualTo(new Origin(address("10.1.1.1"), false));
    }

    @Test
    void PROXY_05_only_the_configured_fields_are_asked_for() {
        List<String> asked = new ArrayList<>();
        Function<String, List<String>> headers = name -> {
            asked.add(name);
            return List.of();
        };
        new ProxyPolicy(TRUSTED, Mode.X_FORWARDED).resolve(address("10.1.1.1"), false, headers);
        assertThat(asked).containsExactlyInAnyOrder("X-Forwarded-For", "X-Forwarded-Proto");
        asked.clear();
        new ProxyPolicy(TRUSTED, Mode.FORWARDED).resolve(address("10.1.1.1"), false, headers);
        assertThat(asked).containsExactly("Forwarded");
    }

    @Test
    void x_forwarded_proto_counts_at_the_place_where_the_walk_ended() {
        assertThat(xForwarded(false, "198.51.100.4", "https")).isTrue();
        assertThat(xForwarded(false, "198.51.100.4", "HTTPS")).isTrue();
        assertThat(xForwarded(true, "198.51.100.4", "http")).isFalse();
        assertThat(xForwarded(true, "198.51.100.4", "")).isTrue();
        assertThat(xForwarded(false, "198.51.100.4", "")).isFalse();
        // The left value was sent by the client, in a field to which the proxy adds.
        assertThat(xForwarded(false, "1.2.3.4, 198.51.100.4", "https, http")).isFalse();
        assertThat(xForwarded(false, "198.51.100.4, 10.2.2.2", "https, http")).isTrue();
        assertThat(xForwarded(false, "198.51.100.4, 10.2.2.2", "http, https")).isFalse();
        assertThat(xForwarded(false, "198.51.100.4, 10.2.2.2", "https")).isTrue();
        assertThat(xForwarded(false, "198.51.100.4, 10.3.3.3, 10.2.2.2", "https, https"))
                .isFalse();
        assertThat(xForwarded(false, "", "https")).isTrue();
        assertThat(xForwarded(false, "unknown", "https")).isTrue();
        assertThat(xForwarded(true, "198.51.100.4", "httpsx")).isFalse();
        assertThat(xForwarded(true, "198.51.100.4", "on")).isFalse();
    }

    private static boolean xForwarded(boolean secure, String client, String proto) {
        return new ProxyPolicy(TRUSTED, Mode.X_FORWARDED)
                .resolve(address("10.1.1.1"), secure, name -> List.of(name.endsWith("For") ? client : proto))
                .secure();
    }

    @Test
    void forwarded_proto_counts_in_the_element_where_the_walk_ended() {
        assertThat(forwarded(false, "for=198.51.100.4;proto=https").secure()).isTrue();
        assertThat(forwarded(false, "For=198.51.100.4 ; Proto=\"hTTps\"").secure())
                .isTrue();
        assertThat(forwarded(true, "for=198.51.100.4;proto=http").secure()).isFalse();
        assertThat(forwarded(true, "for=198.51.100.4").secure()).isTrue();
        assertThat(forwarded(false, "for=1.2.3.4;proto=https, for=198.51.100.4;proto=http")
                        .secure())
                .isFalse();
        assertThat(forwarded(false, "for=198.51.100.4;proto=https, for=10.2.2.2;proto=http")
                        .secure())
                .isTrue();
        assertThat(forwarded(false, "for=_hidden;proto=https").secure()).isTrue();
        assertThat(forwarded(true, "for=198.51.100.4;proto=https;proto=https").secure())
                .isFalse();
    }

    @Test
    void forwarded_follows_the_grammar_of_rfc7239() {
        InetAddress peer = address("10.1.1.1");
        InetAddress client = address("198.51.100.4");
        assertThat(forwarded(false, "for=\"198.51.100.4:8080\"").client()).isEqualTo(client);
        assertThat(forwarded(false, "for=\"198.51.100.4:_port\"").client()).isEqualTo(client);
        assertThat(forwarded(false, ";for=\"198.51.100\\.4\";;").client()).isEqualTo(client);
        assertThat(forwarded(false, "for=198.51.100.4:8080").client()).isEqualTo(peer);
        assertThat(forwarded(false, "for=[2001:db8::1]").client()).isEqualTo(peer);
        assertThat(forwarded(false, "for=\"2001:db8::1\"").client()).isEqualTo(peer);
        assertThat(forwarded(false, "for =198.51.100.4").client()).isEqualTo(peer);
        assertThat(forwarded(false, "for=198.51.100.4 by=x").client()).isEqualTo(peer);
        assertThat(forwarded(false, "proto=https").client()).isEqualTo(peer);
        assertThat(forwarded(false, "198.51.100.4").client()).isEqualTo(peer);
        assertThat(forwarded(false, "for=198.51.100.4;x=" + "\"\\\"\"" + ";by=\"a,b\"")
                        .client())
                .isEqualTo(client);
    }

    @Test
    void what_a_client_wrote_at_the_left_cannot_change_how_the_right_end_is_read() {
        InetAddress client = address("198.51.100.4");
        for (String spoofed : List.of("for=\"", "\"", "for=\"\\", "a\\\"", ";;=", "for=\"x\"y", "\u0000", "\\\\\"")) {
            assertThat(forwarded(false, spoofed + ", for=198.51.100.4;host=\"a\\\"b\"")
                            .client())
                    .as(spoofed)
                    .isEqualTo(client);
        }
    }

    @Test
    void any_fields_give_an_origin_and_the_right_end_decides() {
        long seed = 17L;
        Random random = new Random(seed);
        for (int i = 0; i < 30_000; i++) {
            String left = RandomText.of(random, "for=\"\\,;[]:.10proto https_", 30);
            assertThat(forwarded(false, left + ",for=198.51.100.4;proto=http"))
                    .as("seed %d: %s", seed, left)
                    .isEqualTo(new Origin(address("198.51.100.4"), false));
            assertThat(new ProxyPolicy(TRUSTED, Mode.X_FORWARDED)
                            .resolve(address("10.1.1.1"), false, name -> List.of(left + ",198.51.100.4"))
                            .client())
                    .as("seed %d: %s", seed, left)
                    .isEqualTo(address("198.51.100.4"));
            assertThat(forwarded(false, left).client()).isNotNull();
        }
    }

    @Test
    void looks_at_a_bounded_number_of_entries() {
        List<String> lines = new ArrayList<>(Collections.nCopies(1000, "10.2.2.2, 10.3.3.3"));
        lines.add(0, "198.51.100.4");
        Origin origin = new ProxyPolicy(TRUSTED, Mode.X_FORWARDED).resolve(address("10.1.1.1"), false, name -> lines);
        assertThat(TRUSTED.contains(origin.client())).isTrue();
    }

    private static Origin forwarded(boolean secure, String value) {
        return new ProxyPolicy(TRUSTED, Mode.FORWARDED)
                .resolve(address("10.1.1.1"), secure, name -> name.equals("Forwarded") ? List.of(value) : List.of());
    }

    private static InetAddress address(String text) {
        return AddressLiteral.parse(text).orElseThrow();
    }

    private static CidrList cidrs(List<String> texts) {
        return new CidrList(
                texts.stream().map(text -> Cidr.parse(text).orElseThrow()).toList());
    }
}
