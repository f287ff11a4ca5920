package dev.countersign.scheme.hmac;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.Claim;
import dev.countersign.FuzzInput;
import dev.countersign.FuzzLog;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import dev.countersign.signature.GenericSignature;
import java.time.Duration;
import java.util.List;

class GenericCredentialFuzzTest {
    private static final Signing SIGNING = new Signing();
    private static final HmacScheme SCHEME =
            SIGNING.generic(new GenericSettings("orders", Duration.ofMinutes(5), ReplayPolicy.OFF, true));
    private static final TestExchange GOOD =
            Signing.signed(TestExchange.get("/"), new byte[0], "once", Signing.NOW.getEpochSecond());
    private static final String SIGNATURE = GOOD.headers("X-Signature").get(0);
    private static final List<String> NAMES =
            List.of("X-Key-Id", "X-Timestamp", "X-Nonce", "X-Signature", "Authorization", "Host");
    private static final List<String> PIECES = List.of(
            SIGNATURE,
            "acme-1",
            "1767225600",
            "once",
            "HMAC-SHA256 ",
            "keyId=acme-1, timestamp=1767225600, nonce=once, signature=",
            "keyId=",
            ", timestamp=",
            ", nonce=\"",
            "\", signature=\"",
            "\\\"");

    @FuzzTest
    void only_the_request_that_was_signed_is_let_in(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        TestExchange exchange = TestExchange.get("/");
        while (true) {
            String name = NAMES.get(input.choose(NAMES.size()));
            String value = input.line();
            if (value.isEmpty()) {
                break;
            }
            exchange = exchange.header(name, FuzzInput.planted(value, PIECES));
        }
        TestExchange request = exchange;
        int size = request.fields().stream()
                .mapToInt(field -> field.value().length())
                .sum();
        Claim claim = FuzzInput.bounded(size, () -> SCHEME.claim(request));
        if (claim == Claim.absent()) {
            assertThat(request.headers("X-Signature")).isEmpty();
        }
        if (claim instanceof Claim.Presented presented) {
            try (FuzzLog log = new FuzzLog(List.of(Signing.SECRET))) {
                judge((GenericCredential) presented.credential(), request);
                log.assertTellsNoSecret();
            }
        }
    }

    private static void judge(GenericCredential credential, TestExchange request) {
        assertThat(GenericSignature.isKeyId(credential.keyId())).isTrue();
        assertThat(credential.nonce().isEmpty() || GenericSignature.isNonce(credential.nonce()))
                .isTrue();
        assertThat(credential).hasToString("GenericCredential[" + credential.keyId() + "]");
        boolean good =
                credential.equals(new GenericCredential("acme-1", 1767225600, "once", SIGNATURE, credential.carrier()))
                        && request.authority() != null
                        && GenericSignature.authority(request.authority(), true).equals("api.example.com");
        assertThat(SCHEME.verify(credential, request) instanceof Verification.Verified)
                .isEqualTo(good);
        if (credential.carrier().equals("authorization")) {
            assertThat(request.headers("Authorization")).hasSize(1);
        } else {
            for (String name : List.of("X-Key-Id", "X-Timestamp", "X-Signature")) {
                assertThat(request.headers(name)).hasSize(1);
            }
        }
    }
}
