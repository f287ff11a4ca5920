package dev.countersign.it.signers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that {@code http-message-signatures} and {@code http-message-sig} sign by RFC 9421. */
@ExtendWith({OnNode.class, Rig.class})
class MessageSignersIT {
    private static final String JSON = "{\"item\":\"hat\",\"n\":1}";

    /** What the application wants covered. */
    private static final List<String> COVERED = List.of("@method", "@target-uri", "content-digest", "content-type");

    private final Site site;
    private final NodePeers peers;

    MessageSignersIT(Site site, NodePeers peers) {
        this.site = site;
        this.peers = peers;
    }

    @ParameterizedTest
    @CsvSource({
        "http-message-signatures, hmac-sha256, false",
        "http-message-signatures, ed25519, false",
        "http-message-signatures, ecdsa-p256-sha256, false",
        "http-message-signatures, ecdsa-p384-sha384, false",
        "http-message-signatures, rsa-v1_5-sha256, false",
        "http-message-signatures, rsa-pss-sha512, true",
        "http-message-sig, hmac-sha256, true",
        "http-message-sig, ed25519, true",
        "http-message-sig, ecdsa-p256-sha256, true",
        "http-message-sig, ecdsa-p384-sha384, true",
        "http-message-sig, rsa-v1_5-sha256, true",
        "http-message-sig, rsa-pss-sha512, true"
    })
    void SIG_01_SIG_20_a_signed_request_is_accepted_and_refused_with_anything_of_it_changed(
            String peer, String algorithm, boolean ownSigner) {
        Message signed = signed(peer, post(), COVERED, options(algorithm, ownSigner));
        site.acceptsOnlyAsSigned(signed, algorithm, changes(signed, algorithm));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http-message-signatures", "http-message-sig"})
    void SIG_08_the_same_request_is_refused_a_second_time(String peer) {
        Message signed = signed(peer, post(), COVERED, options(MessageKeys.HMAC, false));
        site.accepts(signed, MessageKeys.HMAC, signed.body());
        assertThat(site.send(signed).header("WWW-Authenticate"))
                .singleElement()
                .asString()
                .startsWith("HTTPSig ")
                .contains("error=\"replayed_signature\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http-message-signatures", "http-message-sig"})
    void SIG_04_SIG_05_every_path_and_query_is_covered_as_the_peer_sends_it(String peer) {
        List<String> components =
                List.of("@method", "@authority", "@scheme", "@path", "@query", "@target-uri", "@request-target");
        for (String target : List.of(
                "/messages/orders",
                "/messages/a%20b",
                "/messages/caf%C3%A9",
                "/messages/a%2Fb",
                "/messages/orders?b=2&a=1&b=1",
                "/messages/orders?e=&f&p=a+b&q=a%20b")) {
            Message signed = signed(peer, Message.of("GET", target), components, options(MessageKeys.HMAC, false));
            site.acceptsOnlyAsSigned(
                    signed,
                    MessageKeys.HMAC,
                    Changes.of(signed).method().path().query().host());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http-message-signatures", "http-message-sig"})
    void SIG_07_fields_of_several_lines_and_members_of_dictionaries_are_covered(String peer) {
        Message request = post().with("X-Note", "one")
                .with("X-Dictionary", "a=1, b=2;x=1;y=2, c=(a b c), d")
                .with("X-Note", "two,   three")
                .with("X-Empty", "");
        List<String> components = List.of(
                "@method",
                "@target-uri",
                "content-digest",
                "content-type",
                "x-note",
                "x-empty",
                "\"x-dictionary\";key=\"b\"");
        Message signed = signed(peer, request, components, options(MessageKeys.HMAC, false));
        Changes changes = Changes.of(signed)
                .copy("another line", signed.with("X-Note", "four"))
                .copy("one line less", signed.without("X-Note").with("X-Note", "one"))
                .copy(
                        "other order",
                        signed.without("X-Note").with("X-Note", "two,   three").with("X-Note", "one"))
                .copy("no empty field", signed.without("X-Empty"))
                .part("X-Dictionary", "b=2;x=1", "b=2;x=2")
                .part("X-Dictionary", "b=2", "b=3");
        site.refuses(changes);
        site.accepts(
                signed.replacing("X-Dictionary", value -> value.replace("a=1", "a=9")),
                MessageKeys.HMAC,
                signed.body());
    }

    @Test
    void rsa_pss_with_the_longest_salt_is_refused_because_the_salt_has_64_bytes() {
        Message signed = signed("http-message-signatures", post(), COVERED, options("rsa-pss-sha512", false));
        assertThat(site.send(signed).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http-message-signatures", "http-message-sig"})
    void SIG_15_behind_a_proxy_the_url_that_the_world_knows_is_covered(String peer, @At(Place.PROXIED) Site proxied) {
        URI world = URI.create(Settings.BASE_URL);
        Message signed = signed(peer, post(), COVERED, options(MessageKeys.HMAC, false), world);
        Message toTheServer = signed.replacing("Host", host -> proxied.uri().getAuthority());
        Message wrong = signed(peer, post(), COVERED, options(MessageKeys.HMAC, false), proxied.uri());
        assertThat(proxied.send(wrong).status()).isEqualTo(401);
        proxied.accepts(toTheServer, MessageKeys.HMAC, signed.body());
    }

    private static Message post() {
        return Message.of("POST", "/messages/orders/42?b=2&a=1")
                .with("Content-Type", "application/json")
                .withBody(JSON);
    }

    private static Changes changes(Message signed, String algorithm) {
        String created = created(signed);
        return Changes.of(signed)
                .method()
                .path()
                .query()
                .host()
                .field("Content-Type")
                .field("Content-Digest")
                .body()
                .base64("Signature", "sig1=:")
                .part("Signature-Input", "\"content-type\"", "\"content-length\"")
                .part("Signature-Input", " \"content-type\"", "")
                .part("Signature-Input", "\"@method\" \"@target-uri\"", "\"@target-uri\" \"@method\"")
                .part("Signature-Input", "created=" + created, "created=" + (Long.parseLong(created) - 1))
                .part("Signature-Input", ";created=" + created, "")
                .part("Signature-Input", "nonce=\"", "nonce=\"x")
                .part("Signature-Input", "keyid=\"" + algorithm, "keyid=\"unknown")
                .part("Signature-Input", "alg=\"" + algorithm, "alg=\"x-" + algorithm)
                .part("Signature-Input", "sig1=", "sig2=")
                .copy("Signature-Input, dropped", signed.without("Signature-Input"));
    }

    private static String created(Message signed) {
        String input = signed.field("Signature-Input");
        return Arrays.stream(input.split(";", -1))
                .filter(parameter -> parameter.startsWith("created="))
                .map(parameter -> parameter.substring("created=".length()))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject options(String algorithm, boolean ownSigner) {
        return Json.createObjectBuilder()
                .add("algorithm", algorithm)
                .add("key", MessageKeys.signing(algorithm))
                .add("keyId", algorithm)
                .add("ownSigner", ownSigner)
                .add("label", "sig1")
                .build();
    }

    private Message signed(String peer, Message request, List<String> components, JsonObject options) {
        return signed(peer, request, components, options, site.uri());
    }

    private Message signed(String peer, Message request, List<String> components, JsonObject options, URI server) {
        JsonObject all = Json.createObjectBuilder(options)
                .add("components", Json.createArrayBuilder(components))
                .add(
                        "parameters",
                        Json.createObjectBuilder()
                                .add("created", Instant.now().getEpochSecond())
                                .add("nonce", UUID.randomUUID().toString()))
                .build();
        return peers.sign(peer, request.with("Host", server.getAuthority()), server, all);
    }
}
