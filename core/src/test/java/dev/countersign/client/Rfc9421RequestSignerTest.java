package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.key.Secret;
import dev.countersign.signature.Component;
import dev.countersign.signature.SignatureAlgorithm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class Rfc9421RequestSignerTest {
    /** RFC 9421 appendix B.1.5. */
    private static final Secret SHARED = Secret.parse(
            "base64:uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==");

    /** RFC 9421 appendix B.1.4. */
    private static final String ED25519 = "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF";

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_618_884_473));

    /** RFC 9421 appendix B.2. */
    private static final OutgoingRequest TEST_REQUEST = OutgoingRequest.of(
                    "POST", URI.create("https://example.com/foo?param=Value&Pet=dog"))
            .header("Date", "Tue, 20 Apr 2021 02:07:55 GMT")
            .header("Content-Type", "application/json")
            .header("Content-Length", "18")
            .body("{\"hello\": \"world\"}".getBytes(StandardCharsets.UTF_8));

    private static final OutgoingRequest GET = OutgoingRequest.of("GET", URI.create("https://example.com/foo"));

    private final Rfc9421RequestSigner signer = Rfc9421RequestSigner.hmac("test-shared-secret", SHARED, CLOCK);

    @Test
    void signs_the_example_of_B_2_5() {
        OutgoingRequest signed = signer.withoutNonce()
                .label("sig-b25")
                .components(components("date", "@authority", "content-type"))
                .sign(TEST_REQUEST);
        assertThat(signed.headers("Signature-Input"))
                .containsExactly("sig-b25=(\"date\" \"@authority\" \"content-type\")"
                        + ";created=1618884473;keyid=\"test-shared-secret\"");
        assertThat(signed.headers("Signature"))
                .containsExactly("sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:");
    }

    @Test
    void signs_the_example_of_B_2_6() throws GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(ED25519)));
        OutgoingRequest signed = Rfc9421RequestSigner.of("test-key-ed25519", SignatureAlgorithm.ED25519, key, CLOCK)
                .withoutNonce()
                .label("sig-b26")
                .components(components("date", "@method", "@path", "@authority", "content-type", "content-length"))
                .sign(TEST_REQUEST);
        assertThat(signed.headers("Signature"))
                .containsExactly(
                        "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:");
    }

    @Test
    void covers_content_and_its_type_where_there_is_some() {
        OutgoingRequest signed = signer.sign(TEST_REQUEST);
        assertThat(signed.headers("Signature-Input"))
                .singleElement()
                .asString()
                .startsWith(
                        "sig1=(\"@method\" \"@target-uri\" \"content-digest\" \"content-type\");created=1618884473;nonce=\"")
                .endsWith(";keyid=\"test-shared-secret\"");
        // RFC 9530 appendix D, which has this document.
        assertThat(signed.headers("Content-Digest"))
                .containsExactly("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
    }

    @Test
    void covers_method_and_target_alone_where_there_is_no_content() {
        assertThat(covered(signer.sign(GET))).isEqualTo("(\"@method\" \"@target-uri\")");
        assertThat(signer.sign(GET).headers("Content-Digest")).isEmpty();
        OutgoingRequest empty = signer.sign(OutgoingRequest.of("POST", GET.uri()));
        assertThat(covered(empty)).isEqualTo("(\"@method\" \"@target-uri\" \"content-digest\")");
        assertThat(empty.headers("Content-Digest"))
                .containsExactly("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");
    }

    @Test
    void says_what_it_is_asked_to_say() {
        OutgoingRequest signed = signer.withoutNonce()
                .tag("orders")
                .expires(Duration.ofMinutes(1))
                .withAlgorithm()
                .sign(GET);
        assertThat(signed.headers("Signature-Input"))
                .containsExactly("sig1=(\"@method\" \"@target-uri\");created=1618884473;expires=1618884533"
                        + ";alg=\"hmac-sha256\";keyid=\"test-shared-secret\";tag=\"orders\"");
    }

    @Test
    void signs_anew_in_place_of_its_own_signature_and_beside_that_of_another() {
        Rfc9421RequestSigner other = signer.label("other");
        OutgoingRequest both = other.sign(signer.sign(TEST_REQUEST));
        OutgoingRequest again = signer.sign(both);
        assertThat(again.headers("Signature-Input")).hasSize(2);
        assertThat(again.headers("Signature")).hasSize(2);
        assertThat(again.headers("Signature-Input").get(0))
                .isEqualTo(both.headers("Signature-Input").get(1));
        assertThat(again.headers("Signature-Input").get(1))
                .isNotEqualTo(both.headers("Signature-Input").get(0));
        assertThat(again.headers("Content-Digest")).hasSize(1);
    }

    @Test
    void signs_no_request_that_lacks_a_component() {
        Rfc9421RequestSigner dated = signer.components(components("@method", "date"));
        assertThatIllegalArgumentException().isThrownBy(() -> dated.sign(GET)).withMessageContaining("date");
    }

    @Test
    void refuses_what_could_not_be_sent() throws GeneralSecurityException {
        PrivateKey small = pair("RSA", 1024);
        PrivateKey p384 = pair("EC", 384);
        Secret weak = Secret.parse("text:s3cret");
        assertThatIllegalArgumentException().isThrownBy(() -> Rfc9421RequestSigner.hmac("key", weak, CLOCK));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rfc9421RequestSigner.of("key", SignatureAlgorithm.RSA_PSS_SHA512, small, CLOCK));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rfc9421RequestSigner.of("key", SignatureAlgorithm.ECDSA_P256_SHA256, p384, CLOCK));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rfc9421RequestSigner.of("key", SignatureAlgorithm.HMAC_SHA256, p384, CLOCK));
        assertThatIllegalArgumentException().isThrownBy(() -> Rfc9421RequestSigner.hmac("ä", SHARED, CLOCK));
        assertThatIllegalArgumentException().isThrownBy(() -> signer.label("Sig"));
        assertThatIllegalArgumentException().isThrownBy(() -> signer.tag("a\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> signer.expires(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> signer.components(components("@method", "@method")));
    }

    @Test
    void SIG_21_shows_no_secret() {
        assertThat(signer).hasToString("Rfc9421RequestSigner[test-shared-secret hmac-sha256]");
    }

    private static PrivateKey pair(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair().getPrivate();
    }

    private static String covered(OutgoingRequest signed) {
        String input = signed.headers("Signature-Input").get(0);
        return input.substring(input.indexOf('('), input.indexOf(')') + 1);
    }

    private static List<Component> components(String... names) {
        return List.of(names).stream().map(Component::of).toList();
    }
}
