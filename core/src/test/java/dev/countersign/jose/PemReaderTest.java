package dev.countersign.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PemReaderTest {
    /** Made with OpenSSL 3: a key, and a certificate of it that it signed itself. */
    private static final String PUBLIC_KEY = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEP9Up8aN55+Bi3d3vOPgXZYN+YVmH
            Y2qIHdIPzKqo3gNIKXCrJ0VGdjzWP5vZdtOoqCFSNHBWXKdV7RiNFT/Z9Q==
            -----END PUBLIC KEY-----
            """;

    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBhzCCAS6gAwIBAgITaTP/347Y/izvUC3iPQmn6qczJzAKBggqhkjOPQQDAjAZ
            MRcwFQYDVQQDDA5pc3N1ZXIuZXhhbXBsZTAgFw0yNjExMjIwNzE0MjZaGA8yMTI2
            MTAyOTA3MTQyNlowGTEXMBUGA1UEAwwOaXNzdWVyLmV4YW1wbGUwWTATBgcqhkjO
            PQIBBggqhkjOPQMBBwNCAAQ/1Snxo3nn4GLd3e84+Bdlg35hWYdjaogd0g/Mqqje
            A0gpcKsnRUZ2PNY/m9l206ioIVI0cFZcp1XtGI0VP9n1o1MwUTAdBgNVHQ4EFgQU
            K7GM6fhfQZufhg9za+9+vfSpRLIwHwYDVR0jBBgwFoAUK7GM6fhfQZufhg9za+9+
            vfSpRLIwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiB6PTeL/Mvf
            Ku8QPppgKctZTH94TfVp9gnQ1kc6ojbRQwIgI6/FAfkM6wcnTmams+W1C8wjqNMS
            gzBX0gEz4dx749I=
            -----END CERTIFICATE-----
            """;

    @Test
    void reads_keys_and_certificates_with_text_between_and_any_line_breaks() {
        PublicKey key = PemReader.read(PUBLIC_KEY).get(0);
        assertThat(PemReader.read(CERTIFICATE)).containsExactly(key);
        assertThat(PemReader.read("the first\n" + PUBLIC_KEY + "and the second\n" + CERTIFICATE + "end"))
                .containsExactly(key, key);
        assertThat(PemReader.read(PUBLIC_KEY.replace("\n", "\r\n"))).containsExactly(key);
        assertThat(PemReader.read(PUBLIC_KEY.replace("\n", " \t"))).containsExactly(key);
        assertThat(PemReader.isPem("x" + PUBLIC_KEY)).isTrue();
        assertThat(PemReader.isPem("text:secret")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-----BEGIN PUBLIC KEY|without an end",
                "-----BEGIN PUBLIC KEY-----AA==|without an end",
                "-----BEGIN PUBLIC KEY-----AA==-----END CERTIFICATE-----|without an end",
                "-----BEGIN PUBLIC KEY-----A*==-----END PUBLIC KEY-----|not base64",
                "-----BEGIN PUBLIC KEY-----AA==-----END PUBLIC KEY-----|holds no RSA, EC, Ed25519 or Ed448",
                "-----BEGIN CERTIFICATE-----AA==-----END CERTIFICATE-----|not a certificate",
                "-----BEGIN RSA PUBLIC KEY-----AA==-----END RSA PUBLIC KEY-----|of another kind",
                "-----BEGIN EC PRIVATE KEY-----AA==-----END EC PRIVATE KEY-----|private key",
                "-----BEGIN PRIVATE KEY-----AA==-----END PRIVATE KEY-----|private key"
            })
    void JWT_26_names_what_is_wrong_with_a_block(String pem, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PemReader.read(pem))
                .withMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-----BEGIN PUBLIC KEY-----", " {\"kty\":\"RSA\"}", "ssh-rsa AAAA", "-----BEGIN CERTIFICATE-----"
            })
    void JWT_02_knows_a_published_key_among_secrets(String secret) {
        assertThat(PemReader.isPublicKey(secret.getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
    }

    @Test
    void JWT_02_takes_a_secret_for_no_public_key() {
        for (String secret : List.of("correct horse battery staple", "a{", "sshx", "----")) {
            assertThat(PemReader.isPublicKey(secret.getBytes(StandardCharsets.US_ASCII)))
                    .isFalse();
        }
        assertThat(PemReader.isPublicKey(PemReader.read(PUBLIC_KEY).get(0).getEncoded()))
                .isTrue();
    }
}
