package dev.countersign.scheme.hmac;

import static dev.countersign.scheme.hmac.SigV4Fixture.KEY_ID;
import static dev.countersign.scheme.hmac.SigV4Fixture.SECRET;
import static dev.countersign.scheme.hmac.SigV4Fixture.SERVICE;
import static dev.countersign.scheme.hmac.SigV4Fixture.SETTINGS;
import static dev.countersign.scheme.hmac.SigV4Fixture.SIGNER;
import static dev.countersign.scheme.hmac.SigV4Fixture.invalid;
import static dev.countersign.scheme.hmac.SigV4Fixture.request;
import static dev.countersign.scheme.hmac.SigV4Fixture.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AuthenticationScheme;
import dev.countersign.CapturedLog;
import dev.countersign.Claim;
import dev.countersign.Decision;
import dev.countersign.RejectionReason;
import dev.countersign.TestExchange;
import dev.countersign.json.StrictJson;
import dev.countersign.scheme.AuthenticationSchemeContract;
import dev.countersign.signature.Digests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The profile as a scheme, and what it tells clients and the log. */
class SigV4ProfileTest {
    private static final byte[] NOTHING = new byte[0];
    private static final String WRONG = "0123456789abcdef".repeat(4);

    @Nested
    class InAuthorization implements AuthenticationSchemeContract {
        private final HmacScheme scheme = new HmacScheme("hmac", new SigV4Fixture().profile());

        @Override
        public AuthenticationScheme scheme() {
            return scheme;
        }

        @Override
        public TestExchange right() {
            return signed(SIGNER, request("GET", "/"), NOTHING);
        }

        @Override
        public TestExchange wrong() {
            return authorized(WRONG);
        }

        @Override
        public TestExchange malformed() {
            return authorized("no signature");
        }

        @Override
        public TestExchange duplicated() {
            return right().header(
                            "Authorization", right().headers("Authorization").get(0));
        }

        @Override
        public List<String> secrets() {
            return List.of(SECRET, WRONG, "nobody has", signatureOf(right()));
        }

        private TestExchange authorized(String signature) {
            TestExchange right = right();
            return right.onlyHeader(
                    "Authorization", right.headers("Authorization").get(0).replace(signatureOf(right), signature));
        }

        @Test
        void R28_asks_with_a_realm_alone() {
            assertThat(scheme.challengeTemplate().scheme()).isEqualTo("AWS4-HMAC-SHA256");
            assertThat(scheme.challengeTemplate().realm()).isEqualTo("orders");
            assertThat(scheme.challengeTemplate().parameters()).isEmpty();
        }

        @Test
        void has_the_carriers_and_shapes_of_what_it_reads() {
            assertThat(scheme.carriers()).containsExactly("authorization");
            assertThat(scheme.shapes()).containsExactly("Authorization: AWS4-HMAC-SHA256");
            assertThat(scheme.readsBody()).isTrue();
            HmacScheme presigned = new HmacScheme(
                    "hmac",
                    new SigV4Fixture()
                            .settings(SigV4Fixture.presigned(SERVICE, false))
                            .profile());
            assertThat(presigned.carriers()).containsExactlyInAnyOrder("authorization", "x-amz-signature");
            assertThat(presigned.shapes())
                    .containsExactlyInAnyOrder("Authorization: AWS4-HMAC-SHA256", "X-Amz-Signature in the query");
        }
    }

    private static String signatureOf(TestExchange request) {
        String authorization = request.headers("Authorization").get(0);
        return authorization.substring(authorization.length() - 64);
    }

    @ParameterizedTest
    @CsvSource({
        "AWS4-HMAC-SHA256,parameters",
        "AWS4-HMAC-SHA256 ,parameters",
        "AWS4-HMAC-SHA256 Credential,parameters",
        "'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host',parameters",
        "'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b, Signature=b',parameters",
        "'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b,',parameters",
        "'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b, X=y',parameters",
        "'AWS4-HMAC-SHA256 credential=a, SignedHeaders=host, Signature=b',parameters",
        "'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b',credential",
        "'AWS4-HMAC-SHA256 Credential=a/b/c/d, SignedHeaders=host, Signature=b',credential",
        "'AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request/e, SignedHeaders=host, Signature=b',credential",
        "'AWS4-HMAC-SHA256 Credential=/b/c/d/aws4_request, SignedHeaders=host, Signature=b',credential",
        "'AWS4-HMAC-SHA256 Credential=a b/b/c/d/aws4_request, SignedHeaders=host, Signature=b',credential",
        "'AWS4-HMAC-SHA256 Credential=a/b/c/d/aws5_request, SignedHeaders=host, Signature=b',credential",
        "'AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=, Signature=b',signed_headers",
        "'AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host;, Signature=b',signed_headers",
        "'AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=Host, Signature=b',signed_headers",
        "'AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=b;a, Signature=b',signed_headers",
        "'AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=a;a, Signature=b',signed_headers",
        "'AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=a b, Signature=b',signed_headers",
        "'AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host, Signature=b',signature"
    })
    void R28_says_malformed_of_what_it_cannot_read(String authorization, String detail) {
        TestExchange request =
                request("GET", "/").header("X-Amz-Date", "20260106T032420Z").header("Authorization", authorization);
        assertThat(SigV4Fixture.claim(request))
                .isEqualTo(new Claim.Malformed(RejectionReason.SIGNATURE_INVALID, detail));
    }

    @ParameterizedTest
    @CsvSource({
        "X-Amz-Algorithm=AWS4-HMAC-SHA256,X-Amz-Algorithm=AWS4-HMAC-MD5,algorithm",
        "X-Amz-Date=20260106T032420Z,X-Amz-Date=20260106,date",
        "X-Amz-Expires=900,X-Amz-Expires=0,expires",
        "X-Amz-Expires=900,X-Amz-Expires=,expires",
        "X-Amz-Expires=900,X-Amz-Expires=-1,expires",
        "X-Amz-Expires=900,X-Amz-Expires=604801,expires",
        "X-Amz-Expires=900,X-Amz-Expires=0900,expires",
        "X-Amz-Expires=900,X-Amz-Expires=9e2,expires",
        "X-Amz-Expires=900,x-amz-expires=900,parameters",
        "X-Amz-SignedHeaders=,X-Amz-SignedHeaders=%0a,signed_headers",
        "aws4_request,aws4_request%00,credential",
        "X-Amz-Signature=,X-Amz-Signature=0,signature",
        "/?,/?%zz&,query"
    })
    void says_malformed_of_a_signature_in_the_query_that_it_cannot_read(String part, String other, String detail) {
        TestExchange presigned = SigV4Fixture.presigned(SIGNER, request("GET", "/"), NOTHING, Digests.sha256(NOTHING));
        assertThat(SigV4Fixture.target(presigned)).contains(part);
        TestExchange changed = SigV4Fixture.retargeted(
                presigned, SigV4Fixture.target(presigned).replace(part, other));
        assertThat(SigV4Fixture.claim(changed))
                .isEqualTo(new Claim.Malformed(RejectionReason.SIGNATURE_INVALID, detail));
    }

    @Test
    void takes_the_longest_time_that_a_presigned_request_can_be_good() {
        TestExchange presigned = SigV4Fixture.presigned(SIGNER, request("GET", "/"), NOTHING, Digests.sha256(NOTHING));
        assertThat(SigV4Fixture.claim(SigV4Fixture.retargeted(
                        presigned,
                        SigV4Fixture.target(presigned).replace("X-Amz-Expires=900", "X-Amz-Expires=604800"))))
                .isInstanceOf(Claim.Presented.class);
    }

    @Test
    void a_query_that_nobody_can_read_and_that_seems_not_signed_is_not_ours() {
        assertThat(SigV4Fixture.claim(request("GET", "/?%zz"))).isEqualTo(Claim.absent());
        assertThat(SigV4Fixture.claim(request("GET", "/?x-amz-signature=1"))).isEqualTo(Claim.absent());
    }

    @Test
    void SIG_21_what_should_have_been_signed_is_logged_only_where_that_is_switched_on() {
        TestExchange wrong = signed(
                        SIGNER.withSessionToken("session-token-of-someone"),
                        request("GET", "/told-once?a=1")
                                .header("Cookie", "session=cookie-of-someone")
                                .header("X-Api-Key", "key-of-someone"),
                        NOTHING)
                .onlyHeader("Content-Type", "text/plain");
        TestExchange request = wrong.onlyHeader(
                "Authorization",
                wrong.headers("Authorization").get(0).replace("SignedHeaders=", "SignedHeaders=content-type;"));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(new SigV4Fixture().judge(request)).isEqualTo(invalid("wrong"));
            assertThat(told(log)).isEmpty();
            assertThat(new SigV4Fixture().settings(SigV4Fixture.debugging()).judge(request))
                    .isEqualTo(invalid("wrong"));
            assertThat(told(log))
                    .singleElement()
                    .asString()
                    .contains(
                            request.requestId(),
                            "GET\\n/told-once\\na=1\\ncontent-type:text/plain\\ncookie:****\\nhost:orders.example.com\\n",
                            "\\nx-amz-security-token:****\\nx-api-key:****\\n\\ncontent-type;cookie;host;")
                    .doesNotContain(SECRET, "of-someone", signatureOf(request), "AWS4-HMAC-SHA256", "\nx-");
        }
    }

    @Test
    void SIG_21_a_token_in_the_query_is_not_logged() {
        TestExchange presigned = SigV4Fixture.presigned(
                SIGNER.withSessionToken("session-token-of-someone"),
                request("GET", "/told-twice"),
                NOTHING,
                Digests.sha256("other"));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(new SigV4Fixture().settings(SigV4Fixture.debugging()).judge(presigned))
                    .isEqualTo(invalid("wrong"));
            assertThat(told(log))
                    .singleElement()
                    .asString()
                    .contains("X-Amz-Security-Token=****&X-Amz-SignedHeaders=host\\nhost:")
                    .doesNotContain(SECRET, "of-someone", "X-Amz-Signature");
        }
    }

    /** The lines of these tests; others log at the same time. */
    private static List<String> told(CapturedLog log) {
        return log.lines().stream().filter(line -> line.contains("/told-")).toList();
    }

    @Test
    void SIG_21_shows_neither_secret_nor_signature() {
        TestExchange request = signed(SIGNER, request("GET", "/"), NOTHING);
        SigV4Profile profile = new SigV4Fixture().profile();
        assertThat(SigV4Fixture.credential(profile, request)).hasToString("SigV4Credential[" + KEY_ID + "]");
        assertThat(profile).hasToString(SETTINGS.toString());
        assertThat(SIGNER).hasToString("SigV4Signer[" + KEY_ID + ", us-east-1, orders]");
    }

    @ParameterizedTest
    @CsvSource({
        "CREDENTIALS_REQUIRED,absent,MissingAuthenticationToken",
        "SIGNATURE_INVALID,parameters,IncompleteSignature",
        "SIGNATURE_INVALID,signature,IncompleteSignature",
        "SIGNATURE_INVALID,wrong,SignatureDoesNotMatch",
        "SIGNATURE_INVALID,unknown_key,SignatureDoesNotMatch",
        "SIGNATURE_INVALID,content,SignatureDoesNotMatch",
        "SIGNATURE_COVERAGE,host_not_signed,IncompleteSignature",
        "SIGNATURE_EXPIRED,expired,RequestTimeTooSkewed",
        "SIGNATURE_EXPIRED,future,RequestTimeTooSkewed",
        "SIGNATURE_EXPIRED,presigned_expired,ExpiredToken",
        "SIGNATURE_REPLAYED,replayed,SignatureDoesNotMatch"
    })
    void R28_answers_as_AWS_does_where_that_is_configured(RejectionReason reason, String detail, String code) {
        TestExchange request = request("GET", "/");
        Decision.Answer json =
                answering(SERVICE).ownAnswer(reason, detail, request).orElseThrow();
        assertThat(json.status()).isEqualTo(403);
        assertThat(json.challenges()).isEmpty();
        assertThat(json.contentType()).isEqualTo("application/json");
        assertThat(json.fields())
                .containsExactly(
                        new Decision.Field("x-amzn-ErrorType", code),
                        new Decision.Field("x-amzn-RequestId", request.requestId()));
        Map<String, Object> body = StrictJson.parseObject(json.body(), 2);
        assertThat(body).containsEntry("__type", code).containsOnlyKeys("__type", "message");

        Decision.Answer xml = answering("s3").ownAnswer(reason, detail, request).orElseThrow();
        assertThat(xml.status()).isEqualTo(403);
        assertThat(xml.contentType()).isEqualTo("application/xml");
        assertThat(xml.fields()).containsExactly(new Decision.Field("x-amz-request-id", request.requestId()));
        assertThat(xml.body())
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>")
                .endsWith("</Message><RequestId>" + request.requestId() + "</RequestId></Error>")
                .doesNotContain("_");
    }

    @Test
    void R32_what_has_nothing_to_do_with_the_signature_is_answered_as_everywhere() {
        for (RejectionReason reason : List.of(
                RejectionReason.BODY_TOO_LARGE, RejectionReason.INTERNAL, RejectionReason.MULTIPLE_CREDENTIALS)) {
            assertThat(answering("s3").ownAnswer(reason, "body_too_large", request("GET", "/")))
                    .isEqualTo(Optional.empty());
        }
    }

    @Test
    void answers_with_challenges_by_default() {
        assertThat(new SigV4Fixture()
                        .profile()
                        .ownAnswer(RejectionReason.SIGNATURE_INVALID, "wrong", request("GET", "/")))
                .isEqualTo(Optional.empty());
    }

    private static SigV4Profile answering(String service) {
        return new SigV4Fixture()
                .settings(new SigV4Settings(
                        "orders", "us-east-1", service, SETTINGS.window(), ReplayPolicy.OFF, false, false, true, false))
                .profile();
    }
}
