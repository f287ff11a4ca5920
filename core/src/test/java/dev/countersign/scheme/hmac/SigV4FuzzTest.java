package dev.countersign.scheme.hmac;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.Body;
import dev.countersign.FuzzInput;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import dev.countersign.http.FieldValue;
import dev.countersign.signature.Digests;
import dev.countersign.signature.SigV4Chunks;
import dev.countersign.signature.SigV4PathRule;
import dev.countersign.signature.SigV4Query;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class SigV4FuzzTest {
    private static final byte[] NOTHING = new byte[0];
    private static final SigV4Profile SERVER = new SigV4Fixture()
            .settings(SigV4Fixture.presigned(SigV4Fixture.SERVICE, true))
            .profile();

    private static final TestExchange SIGNED =
            SigV4Fixture.signed(SigV4Fixture.SIGNER, SigV4Fixture.request("GET", "/a?b=c"), NOTHING);
    private static final TestExchange PRESIGNED = SigV4Fixture.presigned(
            SigV4Fixture.SIGNER, SigV4Fixture.request("GET", "/a"), NOTHING, Digests.sha256(NOTHING));
    private static final TestExchange CHUNKED =
            SigV4Chunked.signed(SigV4Fixture.SIGNER, SigV4Fixture.request("PUT", "/a"), true, "Hello, ", "world");

    private static final String AUTHORIZATION = SIGNED.headers("Authorization").get(0);
    private static final String QUERY = String.valueOf(PRESIGNED.rawQuery());
    private static final String CONTENT = new String(SigV4Chunked.content(CHUNKED), StandardCharsets.ISO_8859_1);

    /** Whole credentials, and their parts: one character of an input stands for each. */
    private static final List<String> PIECES = List.of(
            AUTHORIZATION,
            QUERY,
            CONTENT,
            "AWS4-HMAC-SHA256 ",
            "Credential=" + SigV4Fixture.KEY_ID + "/20260106/us-east-1/orders/aws4_request",
            "SignedHeaders=host;x-amz-content-sha256;x-amz-date",
            AUTHORIZATION.substring(AUTHORIZATION.indexOf("Signature=")),
            "X-Amz-Signature=",
            "X-Amz-Credential=",
            "X-Amz-Content-Sha256=UNSIGNED-PAYLOAD",
            ";chunk-signature=",
            "x-amz-trailer-signature:",
            "\r\n");

    @FuzzTest
    void only_a_request_that_was_signed_is_accepted(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        switch (input.choose(5)) {
            case 0 -> authorization(FuzzInput.planted(input.latin(), PIECES));
            case 1 -> query(FuzzInput.planted(input.latin(), PIECES));
            case 2 -> content(FuzzInput.planted(input.latin(), PIECES));
            case 3 -> fields(input);
            default -> canonical(input.latin());
        }
    }

    /** White space around the parameters, and their order, are nobody's business. */
    private static void authorization(String value) {
        TestExchange request = SIGNED.onlyHeader("Authorization", value);
        boolean good = FuzzInput.bounded(value.length(), () -> accepts(request));
        assertThat(good).as(value).isEqualTo(parameters(value).equals(parameters(AUTHORIZATION)));
    }

    private static Optional<Map<String, String>> parameters(String value) {
        String trimmed = FieldValue.trim(value);
        int space = trimmed.indexOf(' ');
        if (space < 0 || !trimmed.substring(0, space).equalsIgnoreCase("AWS4-HMAC-SHA256")) {
            return Optional.empty();
        }
        String rest = trimmed.substring(space);
        if (rest.stripLeading().length() != rest.length() - spaces(rest)) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : rest.split(",", -1)) {
            int equals = parameter.indexOf('=');
            if (equals < 0
                    || parameters.put(
                                    FieldValue.trim(parameter.substring(0, equals)),
                                    FieldValue.trim(parameter.substring(equals + 1)))
                            != null) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static int spaces(String text) {
        int spaces = 0;
        while (spaces < text.length() && text.charAt(spaces) == ' ') {
            spaces++;
        }
        return spaces;
    }

    /** A query is good in every order and spelling. */
    private static void query(String query) {
        TestExchange request = SigV4Fixture.retargeted(PRESIGNED, "/a?" + query);
        boolean good = FuzzInput.bounded(query.length(), () -> accepts(request));
        boolean same = FieldValue.isVisibleAscii(query)
                && canonicalQuery(query).isPresent()
                && canonicalQuery(query).equals(canonicalQuery(QUERY));
        assertThat(good).as(query).isEqualTo(same);
    }

    private static Optional<String> canonicalQuery(String query) {
        return SigV4Query.parse(query).map(SigV4Query::canonical);
    }

    private static void content(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        boolean good = FuzzInput.bounded(bytes.length, () -> accepts(CHUNKED.content(bytes)));
        if (good) {
            // Blanks around the value of the trailer, the case of names and of sizes, zeros before them, line feeds
            // alone.
            assertThat(squeezed(content)).isEqualTo(squeezed(CONTENT));
        }
        assertThat(good || !content.equals(CONTENT)).isTrue();
        SigV4Chunks unsigned = SigV4Chunks.unsigned(12, Set.of("x-amz-checksum-crc32"));
        Body.of(bytes).read(unsigned);
        if (unsigned.problem().isEmpty()) {
            assertThat(content).endsWith("\n").contains("0\r\n");
        }
    }

    private static String squeezed(String text) {
        StringBuilder squeezed = new StringBuilder();
        for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
            if (c > ' ' && c != '0') {
                squeezed.append(c);
            }
        }
        return squeezed.toString();
    }

    /** Any fields beside a good signature, and none of it. */
    private static void fields(FuzzInput input) {
        TestExchange request = input.choose(2) == 0 ? SIGNED : CHUNKED;
        String name = input.line();
        String value = input.line();
        TestExchange more = FieldValue.isToken(name) ? request.header(name, value) : request;
        boolean good = FuzzInput.bounded(name.length() + value.length(), () -> accepts(more));
        boolean covered =
                request.fields().stream().anyMatch(field -> field.name().equalsIgnoreCase(name))
                        || (name.toLowerCase(Locale.ROOT).startsWith("x-amz-") && name.length() > 6)
                        || name.equalsIgnoreCase("content-type");
        assertThat(good).as(name).isEqualTo(!FieldValue.isToken(name) || !covered);
    }

    /** What is canonical stays as it is, and what is kept apart stays apart. */
    private static void canonical(String text) {
        Optional<SigV4Query> query = FuzzInput.bounded(text.length(), () -> SigV4Query.parse(text));
        query.map(SigV4Query::canonical)
                .filter(canonical -> !canonical.isEmpty())
                .ifPresent(canonical -> assertThat(canonicalQuery(canonical)).contains(canonical));
        for (SigV4PathRule rule : SigV4PathRule.values()) {
            Optional<String> path = FuzzInput.bounded(text.length(), () -> rule.canonical("/" + text));
            if (path.isEmpty()) {
                assertThat(rule).isNotEqualTo(SigV4PathRule.NORMALIZED);
                continue;
            }
            String canonical = path.get();
            assertThat(canonical).startsWith("/");
            assertThat(FieldValue.isVisibleAscii(canonical)).isTrue();
            if (rule == SigV4PathRule.NORMALIZED) {
                assertThat(canonical).doesNotContain("//", "/./", "/../");
            } else {
                assertThat(rule.canonical(canonical)).contains(canonical);
                assertThat(canonical.chars().filter(c -> c == '/').count())
                        .isEqualTo(1 + text.chars().filter(c -> c == '/').count());
            }
        }
    }

    private static boolean accepts(TestExchange request) {
        Verification verification = SigV4Fixture.judge(SERVER, request);
        if (verification instanceof Verification.Rejected rejected) {
            assertThat(rejected.reason().status()).isBetween(400, 401);
            assertThat(rejected.detail())
                    .matches(word -> word.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '_'));
        }
        return SigV4Fixture.accepts(verification);
    }
}
