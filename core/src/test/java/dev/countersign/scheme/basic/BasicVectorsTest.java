package dev.countersign.scheme.basic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.RejectionReason;
import dev.countersign.TestExchange;
import dev.countersign.Vectors;
import dev.countersign.Verification;
import dev.countersign.WorkLimit;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code Authorization} fields as they come, against users whose hashes libxcrypt computed. */
class BasicVectorsTest {
    private static final String SALTED = "$2b$04$CCCCCCCCCCCCCCCCCCCCC.";

    private static final BasicUserFile USERS = BasicUserFile.parse(String.join(
            "\n",
            "user.Aladdin.password = " + SALTED + "xAAcAcQAlmm/cIsmWj5gksFhfHk9P6O",
            "user.test.password = " + SALTED + ".xER7QTDKbPC0vswMhJqBBj.HCJB.Je",
            "user.u.password = " + SALTED + "3iWm8qtXaGjAf0R3zZwY7iOnOWAhDTy",
            "user.u72.password = " + SALTED + "9IMwEEB6ngnCQ877bhhi.EzQPLJPeC6",
            "user.é.password = " + SALTED + "31NqtHBKsxWbnyluzScP.pcWeG7T10u",
            "user.a.password = " + SALTED + "31NqtHBKsxWbnyluzScP.pcWeG7T10u"));

    private final BasicScheme scheme = new BasicScheme(
            "basic",
            BasicSettings.of("orders"),
            USERS,
            () -> Instant.parse("2026-01-01T00:00:00Z"),
            new WorkLimit("hashing", 2, 10));

    @TestFactory
    Stream<DynamicTest> PWD_08_R4_answers_as_listed() {
        return Vectors.cases("http-auth/authorization.json").stream()
                .map(vector -> DynamicTest.dynamicTest("authorization " + vector.getString("id"), () -> check(vector)));
    }

    private void check(JsonObject vector) {
        TestExchange exchange = TestExchange.get("/");
        List<JsonString> lines = vector.getJsonArray("field_lines").getValuesAs(JsonString.class);
        for (JsonString line : lines) {
            exchange = exchange.header("Authorization", line.getString());
        }
        Claim claim = scheme.claim(exchange);
        String first = lines.get(0).getString();
        if (lines.size() > 1) {
            // The Gate refuses several lines before it looks at any of them; the scheme takes one at most.
            assertThat(claim).isInstanceOfAny(Claim.Presented.class, Claim.Malformed.class);
            return;
        }
        switch (vector.getString("outcome")) {
            case "ok" ->
                assertThat(verify(claim, exchange))
                        .hasValueSatisfying(verification -> assertThat(verification)
                                .isInstanceOfSatisfying(
                                        Verification.Verified.class,
                                        verified -> assertThat(
                                                        verified.identity().subject())
                                                .isEqualTo(vector.getString("user"))));
            case "401" -> {
                if (isBasic(first)) {
                    assertRefused(claim, exchange);
                } else {
                    assertThat(claim).isEqualTo(Claim.absent());
                }
            }
            // Refused: unpadded base64, base64 with a line break, and a name in another normal form than the stored
            // one.
            case "either" -> assertRefused(claim, exchange);
            case "none" -> {
                if (!(claim instanceof Claim.Malformed
                        && vector.getString("alt", "").equals("401"))) {
                    assertThat(claim).isEqualTo(Claim.absent());
                }
            }
            case "token" -> assertThat(claim).isEqualTo(Claim.absent());
            default -> throw new AssertionError("an outcome that this test does not know");
        }
    }

    private void assertRefused(Claim claim, TestExchange exchange) {
        if (claim instanceof Claim.Malformed malformed) {
            assertThat(malformed.reason()).isEqualTo(RejectionReason.CREDENTIALS_INVALID);
        } else {
            assertThat(verify(claim, exchange))
                    .hasValueSatisfying(
                            verification -> assertThat(verification).isInstanceOf(Verification.Rejected.class));
        }
    }

    private Optional<Verification> verify(Claim claim, TestExchange exchange) {
        Optional<Credential> credential = claim.match(
                Optional::empty,
                presented -> Optional.of(presented.credential()),
                possible -> Optional.empty(),
                malformed -> Optional.empty());
        return credential.map(presented -> scheme.verify(presented, exchange));
    }

    private static boolean isBasic(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return lower.equals("basic") || lower.startsWith("basic ") || lower.startsWith("basic\t");
    }
}
