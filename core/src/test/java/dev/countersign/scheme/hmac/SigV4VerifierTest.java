package dev.countersign.scheme.hmac;

import static dev.countersign.scheme.hmac.SigV4Fixture.KEY_ID;
import static dev.countersign.scheme.hmac.SigV4Fixture.NOW;
import static dev.countersign.scheme.hmac.SigV4Fixture.REGION;
import static dev.countersign.scheme.hmac.SigV4Fixture.SECRET;
import static dev.countersign.scheme.hmac.SigV4Fixture.SERVICE;
import static dev.countersign.scheme.hmac.SigV4Fixture.SIGNER;
import static dev.countersign.scheme.hmac.SigV4Fixture.accepts;
import static dev.countersign.scheme.hmac.SigV4Fixture.invalid;
import static dev.countersign.scheme.hmac.SigV4Fixture.presigned;
import static dev.countersign.scheme.hmac.SigV4Fixture.rejected;
import static dev.countersign.scheme.hmac.SigV4Fixture.request;
import static dev.countersign.scheme.hmac.SigV4Fixture.retargeted;
import static dev.countersign.scheme.hmac.SigV4Fixture.signed;
import static dev.countersign.scheme.hmac.SigV4Fixture.target;
import static dev.countersign.scheme.hmac.SigV4Fixture.withMethod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Body;
import dev.countersign.RejectionReason;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import dev.countersign.key.Secret;
import dev.countersign.signature.Digests;
import dev.countersign.signature.SigV4Signer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigV4VerifierTest {
    private static final byte[] BODY = "{\"amount\":7167}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOTHING = new byte[0];
    private static final String UNSIGNED = SigV4Signer.UNSIGNED_PAYLOAD;
    private static final TestExchange ORDER = request("POST", "/v1/orders/7?b=2&a=1%201&a=%2F")
            .header("Content-Type", "application/json")
            .header("X-Amz-Target", "Orders.Add")
            .header("X-Note", "first")
            .header("X-Note", "second");
    private static final SigV4Signer STRANGER =
            new SigV4Signer(KEY_ID, Secret.parse("text:" + "another secret of the same length......"), REGION, SERVICE);

    private final SigV4Fixture server = new SigV4Fixture();

    @Test
    void tells_who_signed() {
        assertThat(server.judge(signed(SIGNER, ORDER, BODY)))
                .isInstanceOfSatisfying(
                        Verification.Verified.class,
                        verified -> assertThat(verified.identity().subject()).isEqualTo("owner of " + KEY_ID));
    }

    @Test
    void digests_the_content_itself_where_the_client_does_not_tell() {
        assertThat(accepts(server.judge(signed(SIGNER.withoutContentHash(), ORDER, BODY))))
                .isTrue();
        assertThat(accepts(server.judge(signed(SIGNER.withoutContentHash(), request("GET", "/"), NOTHING))))
                .isTrue();
    }

    @Test
    void SIG_01_refuses_other_content() {
        for (SigV4Signer signer : List.of(SIGNER, SIGNER.withoutContentHash())) {
            TestExchange request = signed(signer, ORDER, BODY);
            for (int i = 0; i < BODY.length; i++) {
                byte[] changed = BODY.clone();
                changed[i] ^= 1;
                assertThat(accepts(server.judge(request.content(changed)))).isFalse();
            }
            assertThat(accepts(server.judge(request.content(NOTHING)))).isFalse();
            assertThat(accepts(server.judge(request.content(
                            (new String(BODY, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8)))))
                    .isFalse();
        }
        assertThat(server.judge(signed(SIGNER, ORDER, BODY).content(NOTHING))).isEqualTo(invalid("content"));
    }

    @Test
    void SIG_01_SIG_06_refuses_a_request_with_any_covered_character_changed() {
        TestExchange request = signed(SIGNER, ORDER, BODY);
        assertThat(accepts(server.judge(request))).isTrue();
        List<TestExchange> changed = new ArrayList<>();
        variants(request.method()).forEach(method -> changed.add(withMethod(request, method)));
        variants(target(request)).forEach(target -> changed.add(retargeted(request, target)));
        for (int i = 0; i < request.fields().size(); i++) {
            TestExchange.Field field = request.fields().get(i);
            for (String value : variants(field.value())) {
                // Blanks between the parameters of Authorization are free.
                if (!value.replace(" ", "").equals(field.value().replace(" ", ""))) {
                    changed.add(withField(request, i, field.name(), value));
                }
            }
            for (String name : variants(field.name())) {
                if (!name.equalsIgnoreCase(field.name())) {
                    changed.add(withField(request, i, name, field.value()));
                }
            }
            changed.add(withField(request, i, null, ""));
            changed.add(request.header(field.name(), field.value()));
            changed.add(request.header(field.name(), "x"));
        }
        assertThat(changed).hasSizeGreaterThan(700);
        for (TestExchange other : changed) {
            assertThat(accepts(server.judge(other)))
                    .as("%s %s %s", other.method(), target(other), other.fields())
                    .isFalse();
        }
    }

    @Test
    void SIG_01_SIG_06_refuses_a_presigned_request_with_any_covered_character_changed() {
        server.settings(presigned(SERVICE, false));
        TestExchange request = SigV4Fixture.presigned(SIGNER, ORDER, BODY, Digests.sha256(BODY));
        assertThat(accepts(server.judge(request))).isTrue();
        for (String target : variants(target(request))) {
            assertThat(accepts(server.judge(retargeted(request, target))))
                    .as(target)
                    .isFalse();
        }
        for (int i = 0; i < request.fields().size(); i++) {
            TestExchange.Field field = request.fields().get(i);
            for (String value : variants(field.value())) {
                assertThat(accepts(server.judge(withField(request, i, field.name(), value))))
                        .isFalse();
            }
            assertThat(accepts(server.judge(withField(request, i, null, "")))).isFalse();
        }
        assertThat(accepts(server.judge(withMethod(request, "PUT")))).isFalse();
        assertThat(accepts(server.judge(request.content(NOTHING)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNSIGNED-PAYLOAD",
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
            })
    void SIG_02_the_signature_of_the_request_counts_whatever_the_content(String payload) {
        TestExchange request = request("PUT", "/a").header("X-Amz-Decoded-Content-Length", "0");
        byte[] content = payload.contains("-PAYLOAD-") ? octets("0\r\n\r\n") : NOTHING;
        for (String service : List.of(SERVICE, "s3")) {
            server.settings(presigned(service, true));
            assertThat(server.judge(signed(signer(SECRET, service), request, content, payload)))
                    .as("a wrong signature is told, a good one is not")
                    .isNotEqualTo(invalid("wrong"));
            assertThat(server.judge(signed(
                            signer("another secret of the same length......", service), request, content, payload)))
                    .isEqualTo(invalid("wrong"));
            assertThat(server.judge(SigV4Fixture.presigned(
                            signer("another secret of the same length......", service), request, content, payload)))
                    .isEqualTo(invalid("wrong"));
        }
    }

    @Test
    void SIG_02_refuses_content_that_nobody_signed_unless_it_is_allowed() {
        TestExchange unsigned = signed(SIGNER, ORDER, BODY, UNSIGNED);
        TestExchange chunks = signed(
                SIGNER,
                ORDER.header("X-Amz-Decoded-Content-Length", "1"),
                octets("1\r\na\r\n0\r\n\r\n"),
                "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        Verification.Rejected refusal = rejected(RejectionReason.SIGNATURE_COVERAGE, "unsigned_payload");
        assertThat(server.judge(unsigned)).isEqualTo(refusal);
        assertThat(server.judge(chunks)).isEqualTo(refusal);

        server.settings(presigned(SERVICE, true));
        assertThat(accepts(server.judge(unsigned))).isTrue();
        assertThat(accepts(server.judge(unsigned.content(NOTHING)))).isTrue();
        assertThat(accepts(server.judge(chunks))).isTrue();
        assertThat(accepts(server.judge(chunks.content(octets("1\r\nb\r\n0\r\n\r\n")))))
                .isTrue();
        assertThat(server.judge(chunks.content(octets("1\r\nb\r\n0\r\nx-a:b\r\n\r\n"))))
                .isEqualTo(invalid("chunk_trailer"));
        assertThat(server.judge(unsigned.onlyHeader("X-Note", "first"))).isEqualTo(invalid("wrong"));
        assertThat(server.judge(chunks.onlyHeader("X-Note", "first"))).isEqualTo(invalid("wrong"));
    }

    @Test
    void a_presigned_request_of_content_that_nobody_signed_needs_to_be_allowed() {
        TestExchange request = SigV4Fixture.presigned(
                signer(SECRET, "s3"), request("GET", "/a b".replace(' ', '-')), NOTHING, UNSIGNED);
        assertThat(server.settings(presigned("s3", false)).judge(request)).isEqualTo(invalid("wrong"));
        assertThat(accepts(server.settings(presigned("s3", true)).judge(request)))
                .isTrue();
        TestExchange told = SigV4Fixture.presigned(
                signer(SECRET, "s3"), request("GET", "/a?X-Amz-Content-Sha256=UNSIGNED-PAYLOAD"), NOTHING, UNSIGNED);
        assertThat(accepts(server.judge(told))).isTrue();
        assertThat(server.settings(presigned("s3", false)).judge(told))
                .isEqualTo(rejected(RejectionReason.SIGNATURE_COVERAGE, "unsigned_payload"));
    }

    @Test
    void SIG_02_a_signed_digest_is_not_taken_for_unsigned_content() {
        server.settings(presigned(SERVICE, true));
        TestExchange request = SigV4Fixture.presigned(SIGNER, ORDER, BODY, Digests.sha256(BODY));
        assertThat(accepts(server.judge(request))).isTrue();
        assertThat(server.judge(request.content(NOTHING))).isEqualTo(invalid("wrong"));
        assertThat(server.judge(signed(SIGNER, ORDER, BODY).content(NOTHING))).isEqualTo(invalid("content"));
        assertThat(server.judge(signed(SIGNER.withoutContentHash(), ORDER, BODY, UNSIGNED)))
                .isEqualTo(invalid("wrong"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unsigned-payload",
                "UNSIGNED",
                "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD",
                "STREAMING-PAYLOAD",
                "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
            })
    void SIG_02_refuses_a_word_for_the_content_that_nobody_knows(String payload) {
        server.settings(presigned(SERVICE, true));
        assertThat(server.judge(signed(SIGNER, request("GET", "/"), NOTHING, payload)))
                .isEqualTo(invalid("content_form"));
    }

    @Test
    void SIG_02_refuses_two_words_for_the_content() {
        server.settings(presigned(SERVICE, true));
        TestExchange twice = ORDER.header("X-Amz-Content-Sha256", Digests.sha256(BODY));
        TestExchange request = SigV4Fixture.presigned(SIGNER, twice, BODY, Digests.sha256(BODY));
        assertThat(accepts(server.judge(request))).isTrue();
        assertThat(server.judge(request.header("X-Amz-Content-Sha256", UNSIGNED)))
                .isEqualTo(invalid("content_form"));
        assertThat(server.judge(SigV4Fixture.presigned(
                        SIGNER, retargeted(twice, "/?X-Amz-Content-Sha256=UNSIGNED-PAYLOAD"), BODY, UNSIGNED)))
                .isEqualTo(invalid("content_form"));
        assertThat(server.judge(SigV4Fixture.presigned(
                        SIGNER,
                        request("GET", "/?X-Amz-Content-Sha256=STREAMING-AWS4-HMAC-SHA256-PAYLOAD"),
                        BODY,
                        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")))
                .isEqualTo(invalid("content_form"));
    }

    @Test
    void SIG_02_takes_chunks_that_are_signed_one_after_the_other() {
        TestExchange request = SigV4Chunked.signed(SIGNER, ORDER, false, "Hello, ", "world");
        assertThat(accepts(server.judge(request))).isTrue();
        assertThat(accepts(server.judge(SigV4Chunked.signed(SIGNER, ORDER, false))))
                .isTrue();
        assertThat(accepts(server.judge(SigV4Chunked.signed(SIGNER, ORDER, true, "Hello, ", "world"))))
                .isTrue();
    }

    @Test
    void SIG_01_SIG_02_refuses_chunks_of_another_request() {
        TestExchange request = SigV4Chunked.signed(SIGNER, ORDER, false, "Hello, ", "world");
        TestExchange other =
                SigV4Chunked.signed(SIGNER, ORDER.onlyHeader("X-Note", "third"), false, "Hello, ", "world");
        assertThat(server.judge(request.content(other.body()))).isEqualTo(invalid("chunk_signature"));
        TestExchange trailer = SigV4Chunked.signed(SIGNER, ORDER, true, "Hello, ", "world");
        assertThat(server.judge(trailer.content(request.body()))).isEqualTo(invalid("chunk_signature"));
        assertThat(server.judge(request.content(octets("Hello, world")))).isEqualTo(invalid("chunks_incomplete"));
    }

    @Test
    void SIG_01_refuses_every_changed_byte_of_chunks() {
        for (boolean trailer : new boolean[] {false, true}) {
            TestExchange request = SigV4Chunked.signed(SIGNER, ORDER, trailer, "Hello", ", world");
            byte[] content = SigV4Chunked.content(request);
            for (int i = 0; i < content.length; i++) {
                byte[] changed = content.clone();
                changed[i] ^= 1;
                assertThat(accepts(server.judge(request.content(changed))))
                        .as("byte %s", i)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "X-Amz-Decoded-Content-Length,'',decoded_length",
        "X-Amz-Decoded-Content-Length,-1,decoded_length",
        "X-Amz-Decoded-Content-Length,0x1,decoded_length",
        "X-Amz-Decoded-Content-Length,1234567890123456,decoded_length",
        "X-Amz-Trailer,'a,,b',trailer_names",
        "X-Amz-Trailer,'a,A',trailer_names",
        "X-Amz-Trailer,'a b',trailer_names"
    })
    void refuses_chunks_whose_length_or_trailers_cannot_be_read(String field, String value, String detail) {
        TestExchange request =
                request("PUT", "/").header("X-Amz-Decoded-Content-Length", "0").onlyHeader(field, value);
        assertThat(server.judge(signed(SIGNER, request, NOTHING, "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER")))
                .isEqualTo(invalid(detail));
    }

    @Test
    void SIG_03_refuses_a_character_that_moved_over_a_border() {
        TestExchange request = request("POST", "/ab/c?d=ef&g=h")
                .header("X-A", "ij")
                .header("X-B", "kl")
                .header("X-C", "m")
                .header("X-C", "n");
        TestExchange signed = signed(SIGNER, request, BODY);
        assertThat(accepts(server.judge(signed))).isTrue();
        for (String target : List.of(
                "/abc?d=ef&g=h",
                "/a/bc?d=ef&g=h",
                "/ab/cd?=ef&g=h",
                "/ab/c?de=f&g=h",
                "/ab/c?d=e&fg=h",
                "/ab/c?d=ef%26g=h",
                "/ab/c?d%3Def&g=h",
                "/ab/c%3Fd=ef&g=h",
                "/ab/c%0Ad%3Def&g=h",
                "/ab%2Fc?d=ef&g=h")) {
            assertThat(accepts(server.judge(retargeted(signed, target))))
                    .as(target)
                    .isFalse();
        }
        assertThat(accepts(server.judge(signed.onlyHeader("X-A", "i").onlyHeader("X-B", "jkl"))))
                .isFalse();
        assertThat(accepts(server.judge(signed.onlyHeader("X-A", "ij\nx-b:kl").onlyHeader("X-B", "kl"))))
                .isFalse();
        assertThat(accepts(server.judge(signed.onlyHeader("X-C", "mn")))).isFalse();
        assertThat(accepts(server.judge(withMethod(signed, "POST\n/ab/c")))).isFalse();
        assertThat(accepts(server.judge(signed.onlyHeader("X-A", "\u0100")))).isFalse();
    }

    @Test
    void SIG_04_refuses_a_query_that_cannot_be_read_in_one_way() {
        TestExchange signed = signed(SIGNER, request("GET", "/?a=%2F"), NOTHING);
        for (String target : List.of("/?a=%2", "/?a=%zz", "/?a=%", "/?a=/%")) {
            assertThat(server.judge(retargeted(signed, target))).isEqualTo(invalid("query"));
        }
        assertThat(server.judge(retargeted(signed, "/?a=\u00E9"))).isEqualTo(invalid("not_canonical"));
    }

    @ParameterizedTest
    @CsvSource({"/a+b,/a%2Bb", "/a%2fb,/a%2Fb", "/a:b,/a%3Ab"})
    void SIG_05_takes_both_spellings_of_storage_paths_and_no_other(String sent, String encoded) {
        server.settings(presigned("s3", false));
        SigV4Signer signer = signer(SECRET, "s3");
        for (String path : List.of(sent, encoded)) {
            assertThat(accepts(server.judge(signed(signer, request("GET", path), NOTHING))))
                    .isTrue();
        }
        // As curl signs it: the path as it is sent.
        TestExchange asSent = signed(signer, request("GET", encoded), NOTHING);
        assertThat(accepts(server.judge(retargeted(asSent, sent)))).isTrue();
        for (String other : List.of("/a/b", "/ab", "/a%20b", "/a%252Fb", "/a%252Bb", "//" + sent.substring(1))) {
            assertThat(accepts(server.judge(retargeted(asSent, other))))
                    .as(other)
                    .isFalse();
        }
    }

    @Test
    void SIG_05_storage_paths_keep_their_segments() {
        server.settings(presigned("s3", false));
        TestExchange signed = signed(signer(SECRET, "s3"), request("GET", "/a//b/./c/../d"), NOTHING);
        assertThat(accepts(server.judge(signed))).isTrue();
        assertThat(accepts(server.judge(retargeted(signed, "/a/b/d")))).isFalse();
    }

    @Test
    void SIG_06_refuses_what_steers_a_request_and_is_not_signed() {
        TestExchange plain = signed(SIGNER, request("POST", "/"), BODY);
        assertThat(accepts(server.judge(plain))).isTrue();
        for (String name : List.of("Content-Type", "X-Amz-Target", "x-AMZ-anything", "X-Amz-Security-Token")) {
            assertThat(server.judge(plain.header(name, "a")))
                    .as(name)
                    .isEqualTo(rejected(
                            RejectionReason.SIGNATURE_COVERAGE,
                            name.equals("Content-Type") ? "content_type_not_signed" : "amz_field_not_signed"));
        }
        assertThat(accepts(
                        server.judge(plain.header("X-Amzn-Trace-Id", "Root=1").header("X-Note", "n"))))
                .as("what a load balancer adds, and what nobody asked to be signed")
                .isTrue();
        String authorization = plain.headers("Authorization").get(0);
        assertThat(server.judge(plain.onlyHeader("Authorization", authorization.replace("host;", ""))))
                .isEqualTo(rejected(RejectionReason.SIGNATURE_COVERAGE, "host_not_signed"));
        assertThat(server.judge(plain.onlyHeader("Authorization", authorization.replace(";x-amz-date", ""))))
                .isEqualTo(rejected(RejectionReason.SIGNATURE_COVERAGE, "date_not_signed"));
        assertThat(server.judge(plain.onlyHeader("Authorization", authorization.replace("x-amz-content-sha256;", ""))))
                .isEqualTo(rejected(RejectionReason.SIGNATURE_COVERAGE, "amz_field_not_signed"));
    }

    @Test
    void SIG_07_refuses_a_line_added_to_a_signed_field() {
        TestExchange signed = signed(SIGNER, ORDER, BODY);
        assertThat(accepts(server.judge(signed.header("X-Note", "third")))).isFalse();
        assertThat(accepts(server.judge(signed.header("X-Note", "")))).isFalse();
        assertThat(accepts(server.judge(signed.header("Host", "orders.example.com"))))
                .isFalse();
    }

    @Test
    void SIG_08_a_signature_is_good_once_where_that_is_configured() {
        for (ReplayPolicy policy : ReplayPolicy.values()) {
            for (String method : List.of("GET", "POST")) {
                SigV4Profile profile =
                        new SigV4Fixture().settings(SigV4Fixture.replay(policy)).profile();
                TestExchange request = signed(SIGNER, request(method, "/"), NOTHING);
                assertThat(accepts(SigV4Fixture.judge(profile, request))).isTrue();
                boolean once = policy == ReplayPolicy.REFUSE
                        || (policy == ReplayPolicy.UNSAFE_METHODS && method.equals("POST"));
                assertThat(SigV4Fixture.judge(profile, request))
                        .isEqualTo(
                                once
                                        ? rejected(RejectionReason.SIGNATURE_REPLAYED, "replayed")
                                        : SigV4Fixture.judge(profile, request));
                assertThat(accepts(SigV4Fixture.judge(profile, request))).isEqualTo(!once);
            }
        }
    }

    @Test
    void SIG_08_a_wrong_signature_uses_nothing_up() {
        SigV4Profile profile =
                server.settings(SigV4Fixture.replay(ReplayPolicy.REFUSE)).profile();
        TestExchange request = signed(SIGNER, request("POST", "/"), BODY);
        assertThat(accepts(SigV4Fixture.judge(profile, request.content(NOTHING))))
                .isFalse();
        assertThat(accepts(SigV4Fixture.judge(profile, request))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"300,true", "301,false", "-300,true", "-301,false", "86400,false", "-86400,false"})
    void SIG_10_a_signature_is_good_for_as_long_as_the_window_both_ways(long seconds, boolean good) {
        TestExchange request = signed(SIGNER, ORDER, BODY);
        server.at(NOW.plusSeconds(seconds));
        assertThat(accepts(server.judge(request))).isEqualTo(good);
        if (!good) {
            assertThat(server.judge(request))
                    .isEqualTo(rejected(RejectionReason.SIGNATURE_EXPIRED, seconds > 0 ? "expired" : "future"));
        }
    }

    @Test
    void SIG_10_a_part_of_a_second_counts() {
        TestExchange request = signed(SIGNER, ORDER, BODY);
        assertThat(accepts(server.at(NOW.plusSeconds(300).plusNanos(1)).judge(request)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"899,true,", "900,false,presigned_expired", "-300,true,", "-301,false,future"})
    void SIG_10_a_presigned_request_is_good_for_as_long_as_it_says(long seconds, boolean good, String detail) {
        server.settings(presigned(SERVICE, false)).at(NOW.plusSeconds(seconds));
        TestExchange request = SigV4Fixture.presigned(SIGNER, ORDER, BODY, Digests.sha256(BODY));
        assertThat(server.judge(request))
                .isEqualTo(good ? server.judge(request) : rejected(RejectionReason.SIGNATURE_EXPIRED, detail));
        assertThat(accepts(server.judge(request))).isEqualTo(good);
    }

    @Test
    void SIG_10_the_date_of_the_scope_is_that_of_the_request() {
        TestExchange request = signed(SIGNER, ORDER, BODY);
        String authorization = request.headers("Authorization").get(0);
        assertThat(server.judge(request.onlyHeader("Authorization", authorization.replace("20260106", "20260105"))))
                .isEqualTo(invalid("scope"));
    }

    @Test
    void SIG_10_x_amz_date_counts_and_date_where_there_is_none() {
        TestExchange both = signed(SIGNER, ORDER.header("Date", "Sat, 01 Jan 2000 00:00:00 GMT"), BODY);
        assertThat(accepts(server.judge(both))).isTrue();
        assertThat(accepts(server.judge(signed(SIGNER, ORDER, BODY).header("Date", "Sat, 01 Jan 2000 00:00:00 GMT"))))
                .as("a Date that is not signed is nobody's")
                .isTrue();
        assertThat(accepts(server.judge(withoutField(both, "X-Amz-Date")))).isFalse();
        assertThat(server.judge(both.onlyHeader("X-Amz-Date", "Tue, 06 Jan 2026 03:24:20 GMT")))
                .isEqualTo(invalid("date"));
        assertThat(server.judge(both.header("X-Amz-Date", "20260106T032420Z"))).isEqualTo(invalid("date"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Tue, 06 Jan 2026 03:24:20 GMT", "20260106T032420Z"})
    void takes_the_date_of_a_request_without_x_amz_date(String date) {
        TestExchange dated = request("GET", "/").header("Date", date);
        TestExchange request = SigV4Chunked.dated(dated);
        assertThat(accepts(server.judge(request))).isTrue();
        assertThat(accepts(server.judge(request.onlyHeader("Date", "Tue, 06 Jan 2026 03:24:21 GMT"))))
                .isFalse();
        assertThat(server.judge(request.onlyHeader("Date", "Wed, 06 Jan 2026 03:24:20 GMT")))
                .isEqualTo(invalid("date"));
        assertThat(server.judge(request.onlyHeader("Date", "Tue, 6 Jan 2026 03:24:20 GMT")))
                .isEqualTo(invalid("date"));
        assertThat(server.judge(request.onlyHeader("Date", "Tue, 06 Jan 2026 03:24:2 +0000")))
                .isEqualTo(invalid("date"));
        assertThat(server.judge(request.header("Date", date))).isEqualTo(invalid("date"));
        assertThat(server.judge(withoutField(request, "Date"))).isEqualTo(invalid("date"));
    }

    @Test
    void SIG_15_the_host_is_the_configured_one() {
        server.baseUrl("https://Orders.example.com:443/v1");
        TestExchange request = signed(SIGNER, ORDER, BODY);
        assertThat(accepts(server.judge(request))).isTrue();
        assertThat(accepts(server.judge(request.onlyHeader("Host", "10.0.0.7:8080"))))
                .as("what a proxy makes of it")
                .isTrue();
        TestExchange elsewhere = signed(SIGNER, ORDER.onlyHeader("Host", "staging.example.com"), BODY);
        assertThat(server.judge(elsewhere)).isEqualTo(invalid("wrong"));
        assertThat(accepts(new SigV4Fixture()
                        .baseUrl("http://orders.example.com:8443")
                        .judge(request)))
                .isFalse();
    }

    @Test
    void SIG_15_a_request_without_one_host_is_refused() {
        TestExchange request = signed(SIGNER, ORDER, BODY);
        assertThat(server.judge(withoutField(request, "Host").host(null))).isEqualTo(invalid("not_canonical"));
        assertThat(server.judge(request.header("Host", "evil.example"))).isEqualTo(invalid("not_canonical"));
    }

    @Test
    void SIG_16_a_method_in_a_field_is_not_the_method() {
        TestExchange request = signed(SIGNER, request("POST", "/"), BODY);
        assertThat(accepts(server.judge(request.header("X-HTTP-Method-Override", "DELETE"))))
                .isTrue();
        assertThat(server.judge(withMethod(request, "DELETE"))).isEqualTo(invalid("wrong"));
    }

    @Test
    void SIG_17_refuses_two_signatures_in_one_request() {
        TestExchange presigned = SigV4Fixture.presigned(SIGNER, ORDER, BODY, Digests.sha256(BODY));
        TestExchange both = signed(SIGNER, ORDER, BODY);
        Verification.Rejected two = rejected(RejectionReason.MULTIPLE_CREDENTIALS, "two_signature_carriers");
        for (SigV4Settings settings : List.of(SigV4Fixture.SETTINGS, presigned(SERVICE, false))) {
            server.settings(settings);
            assertThat(server.judge(retargeted(both, target(presigned)))).isEqualTo(two);
            assertThat(server.judge(retargeted(both, target(ORDER) + "&X-Amz-Signature=")))
                    .isEqualTo(two);
            assertThat(server.judge(retargeted(both, target(ORDER) + "&X%2DAmz%2dAlgorithm=a")))
                    .isEqualTo(two);
            assertThat(server.judge(both.header("Authorization", "Basic dTpw")))
                    .isEqualTo(rejected(RejectionReason.MULTIPLE_CREDENTIALS, "two_authorization_fields"));
        }
        for (String name : List.of(
                "X-Amz-Algorithm",
                "X-Amz-Credential",
                "X-Amz-Date",
                "X-Amz-Expires",
                "X-Amz-SignedHeaders",
                "X-Amz-Signature")) {
            assertThat(server.judge(retargeted(presigned, target(presigned) + "&" + name + "=a")))
                    .isEqualTo(rejected(RejectionReason.MULTIPLE_CREDENTIALS, "repeated_parameter"));
        }
    }

    @Test
    void a_signature_in_the_query_is_none_unless_it_is_allowed() {
        TestExchange presigned = SigV4Fixture.presigned(SIGNER, ORDER, BODY, Digests.sha256(BODY));
        assertThat(server.judge(presigned)).isEqualTo(SigV4Fixture.ABSENT);
        assertThat(accepts(server.settings(presigned(SERVICE, false)).judge(presigned)))
                .isTrue();
    }

    @Test
    void SIG_18_an_unknown_key_is_answered_as_a_wrong_signature_after_the_same_work() {
        SigV4Signer unknown = new SigV4Signer("AKIDNOBODY", Secret.parse("text:" + SECRET), REGION, SERVICE);
        for (TestExchange request : List.of(ORDER, request("GET", "/"))) {
            for (boolean told : new boolean[] {true, false}) {
                int[] reads = new int[2];
                Verification wrong = server.judge(counted(signed(client(STRANGER, told), request, BODY), reads, 0));
                Verification nobody = server.judge(counted(signed(client(unknown, told), request, BODY), reads, 1));
                assertThat(wrong).isEqualTo(invalid("wrong"));
                assertThat(nobody).isEqualTo(invalid("unknown_key"));
                assertThat(reads[0]).isEqualTo(reads[1]).isEqualTo(told ? 0 : 1);
            }
        }
    }

    private static SigV4Signer client(SigV4Signer signer, boolean tellsDigest) {
        return tellsDigest ? signer : signer.withoutContentHash();
    }

    private static TestExchange counted(TestExchange request, int[] reads, int index) {
        Body body = request.body();
        return request.content((Body) sink -> {
            reads[index]++;
            return body.read(sink);
        });
    }

    @Test
    void SIG_18_the_secret_of_nobody_opens_nothing() {
        SigV4Signer decoy =
                new SigV4Signer("-", Secret.parse("text:nobody has this one, which is as long"), REGION, SERVICE);
        assertThat(server.judge(signed(decoy, ORDER, BODY))).isEqualTo(invalid("unknown_key"));
    }

    @Test
    void SIG_19_refuses_floods_of_fields_and_parameters() {
        StringBuilder names = new StringBuilder("host");
        TestExchange request = request("GET", "/");
        for (int i = 100; i < 228; i++) {
            names.append(";x-").append(i);
            request = request.header("X-" + i, "");
        }
        TestExchange signed = signed(SIGNER, request("GET", "/"), NOTHING);
        String authorization = signed.headers("Authorization").get(0);
        assertThat(server.judge(signed.onlyHeader(
                        "Authorization", authorization.replace("host;x-amz-content-sha256;x-amz-date", names + ";y"))))
                .isEqualTo(invalid("signed_headers"));
        assertThat(server.judge(signed.onlyHeader("Authorization", authorization + " ".repeat(1) + ",".repeat(9000))))
                .isEqualTo(invalid("too_long"));
        assertThat(server.judge(retargeted(signed, "/?" + "&".repeat(5000)))).isEqualTo(invalid("query"));
        assertThat(server.judge(retargeted(signed, "/?" + "a=%41&".repeat(1900))))
                .isEqualTo(invalid("wrong"));
        assertThat(server.judge(retargeted(signed, "/" + "../x//".repeat(5000))))
                .isEqualTo(invalid("wrong"));
    }

    @Test
    void SIG_20_refuses_a_signature_that_is_not_64_lower_case_digits() {
        TestExchange request = signed(SIGNER, ORDER, BODY);
        String authorization = request.headers("Authorization").get(0);
        String signature = authorization.substring(authorization.length() - 64);
        for (String other : List.of(
                signature.toUpperCase(Locale.ROOT),
                signature.substring(1),
                signature + "0",
                signature.substring(0, 32),
                "",
                "g" + signature.substring(1))) {
            assertThat(server.judge(request.onlyHeader("Authorization", authorization.replace(signature, other))))
                    .isEqualTo(other.equals(signature) ? server.judge(request) : invalid("signature"));
        }
    }

    @Test
    void SIG_24_content_that_is_too_large_or_gone_is_told_as_such() {
        TestExchange request = signed(SIGNER.withoutContentHash(), ORDER, BODY);
        assertThat(server.judge(request.content((Body) sink -> Body.Outcome.TOO_LARGE)))
                .isEqualTo(rejected(RejectionReason.BODY_TOO_LARGE, "body_too_large"));
        assertThat(server.judge(request.content((Body) sink -> Body.Outcome.BROKEN)))
                .isEqualTo(invalid("body_broken"));
        assertThat(server.judge(request.content((Body) sink -> Body.Outcome.CONSUMED)))
                .isEqualTo(rejected(RejectionReason.INTERNAL, "body_consumed"));
        for (TestExchange told :
                List.of(signed(SIGNER, ORDER, BODY), SigV4Chunked.signed(SIGNER, ORDER, false, "Hello"))) {
            assertThat(server.judge(told.content((Body) sink -> Body.Outcome.TOO_LARGE)))
                    .isEqualTo(rejected(RejectionReason.BODY_TOO_LARGE, "body_too_large"));
        }
    }

    @Test
    void SIG_24_nobody_without_a_key_gets_told_content_read() {
        Body never = sink -> {
            throw new AssertionError("read");
        };
        assertThat(server.judge(signed(STRANGER, ORDER, BODY).content(never))).isEqualTo(invalid("wrong"));
        assertThat(server.judge(
                        SigV4Chunked.signed(STRANGER, ORDER, true, "Hello").content(never)))
                .isEqualTo(invalid("wrong"));
    }

    @Test
    void a_session_token_has_to_be_signed_and_is_nothing_more() {
        assertThat(accepts(server.judge(signed(SIGNER.withSessionToken("token/+=="), ORDER, BODY))))
                .isTrue();
        server.settings(presigned(SERVICE, false));
        TestExchange request =
                SigV4Fixture.presigned(SIGNER.withSessionToken("token/+=="), ORDER, BODY, Digests.sha256(BODY));
        assertThat(accepts(server.judge(request))).isTrue();
        assertThat(accepts(server.judge(retargeted(request, target(request).replace("token", "tokem")))))
                .isFalse();
        assertThat(server.judge(retargeted(request, target(request) + "&X-Amz-Security-Token=a")))
                .isEqualTo(rejected(RejectionReason.MULTIPLE_CREDENTIALS, "repeated_parameter"));
    }

    @Test
    void refuses_another_region_and_service() {
        assertThat(server.judge(signed(signer(SECRET, "s3"), ORDER, BODY))).isEqualTo(invalid("scope"));
        SigV4Signer elsewhere = new SigV4Signer(KEY_ID, Secret.parse("text:" + SECRET), "mars-1", SERVICE);
        assertThat(server.judge(signed(elsewhere, ORDER, BODY))).isEqualTo(invalid("scope"));
    }

    @Test
    void a_reloaded_secret_takes_effect_at_once() {
        SigV4Profile profile = server.profile();
        TestExchange request = signed(SIGNER, ORDER, BODY);
        assertThat(accepts(SigV4Fixture.judge(profile, request))).isTrue();
        server.key(KEY_ID, "another secret of the same length......");
        assertThat(SigV4Fixture.judge(server.profile(), request)).isEqualTo(invalid("wrong"));
        assertThat(accepts(SigV4Fixture.judge(server.profile(), signed(STRANGER, ORDER, BODY))))
                .isTrue();
    }

    private static SigV4Signer signer(String secret, String service) {
        return new SigV4Signer(KEY_ID, Secret.parse("text:" + secret), REGION, service);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The text with each of its characters replaced by another one, or dropped, or doubled. */
    private static List<String> variants(String text) {
        List<String> variants = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String before = text.substring(0, i);
            String after = text.substring(i + 1);
            variants.add(before + (c == 'x' ? 'y' : 'x') + after);
            variants.add(before + after);
            variants.add(before + c + 'x' + after);
        }
        return variants;
    }

    private static TestExchange withField(TestExchange request, int index, @Nullable String name, String value) {
        TestExchange changed = TestExchange.of(request.method(), target(request))
                .content(request.body())
                .host(null);
        for (int i = 0; i < request.fields().size(); i++) {
            TestExchange.Field field = request.fields().get(i);
            if (i != index) {
                changed = changed.header(field.name(), field.value());
            } else if (name != null) {
                changed = changed.header(name, value);
            }
        }
        return changed;
    }

    private static TestExchange withoutField(TestExchange request, String name) {
        for (int i = 0; i < request.fields().size(); i++) {
            if (request.fields().get(i).name().equals(name)) {
                return withField(request, i, null, "");
            }
        }
        throw new AssertionError(name);
    }
}
