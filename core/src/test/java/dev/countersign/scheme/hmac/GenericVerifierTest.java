package dev.countersign.scheme.hmac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.Body;
import dev.countersign.CapturedLog;
import dev.countersign.Claim;
import dev.countersign.RejectionReason;
import dev.countersign.StoreUnavailableException;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenericVerifierTest {
    private static final byte[] CONTENT = "{\"item\":\"tea\",\"count\":2}".getBytes(StandardCharsets.US_ASCII);
    private static final TestExchange POST = TestExchange.of("POST", "/orders?dry=1&b=%20");
    private static final String VERIFIED = "verified";

    private final Signing signing = new Signing();
    private final HmacScheme scheme = signing.generic();

    private static GenericSettings settings(ReplayPolicy replay, boolean debugCanonical) {
        return new GenericSettings("orders", Duration.ofMinutes(5), replay, debugCanonical);
    }

    private String judge(TestExchange exchange) {
        return judge(scheme, exchange);
    }

    /** {@code verified}, or the code and detail of the rejection. */
    private static String judge(HmacScheme scheme, TestExchange exchange) {
        Claim claim = scheme.claim(exchange);
        if (claim instanceof Claim.Presented presented) {
            return scheme.verify(presented.credential(), exchange)
                    .match(verified -> VERIFIED, rejected -> rejected.reason().code() + " " + rejected.detail());
        }
        return claim.toString();
    }

    private TestExchange signed() {
        return signing.signed(POST, CONTENT, signing.nonce());
    }

    @Test
    void admits_what_is_signed_in_either_way() {
        assertThat(judge(signed())).isEqualTo(VERIFIED);
        assertThat(judge(signing.authorized(TestExchange.get("/orders")))).isEqualTo(VERIFIED);
    }

    @Test
    void SIG_01_every_byte_of_the_content_is_covered() {
        for (int i = 0; i < CONTENT.length; i++) {
            byte[] changed = CONTENT.clone();
            changed[i] ^= 1;
            assertThat(judge(signed().content(changed))).isEqualTo("signature_invalid wrong");
        }
        assertThat(judge(signed().content(new byte[0]))).isEqualTo("signature_invalid wrong");
        assertThat(judge(signed().content((new String(CONTENT, StandardCharsets.US_ASCII) + "\n")
                        .getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("signature_invalid wrong");
        assertThat(judge(signed())).isEqualTo(VERIFIED);
    }

    @Test
    void SIG_01_every_character_of_target_method_host_and_fields_is_covered() {
        List<TestExchange> changed = new ArrayList<>();
        String target = POST.rawPath() + "?" + POST.rawQuery();
        for (int i = 0; i < target.length(); i++) {
            changed.add(like(signed(), TestExchange.of("POST", other(target, i))));
        }
        changed.add(like(signed(), TestExchange.of("POST", POST.rawPath())));
        changed.add(like(signed(), TestExchange.of("POST", target + "&")));
        changed.add(like(signed(), TestExchange.of("POST", POST.rawPath() + "?b=%20&dry=1")));
        changed.add(like(signed(), TestExchange.of("POST", POST.rawPath() + "?dry=1&b=+")));
        for (String method : List.of("PUT", "GET", "post", "POS", "POSTS")) {
            changed.add(like(signed(), TestExchange.of(method, target)));
        }
        for (int i = 0; i < "api.example.com".length(); i++) {
            changed.add(signed().host(other("api.example.com", i)));
        }
        changed.add(signed().host("api.example.com:8443"));
        for (int i = 0; i < Signing.KEY_ID.length(); i++) {
            changed.add(signed().onlyHeader("X-Key-Id", other(Signing.KEY_ID, i)));
        }
        changed.add(signed().onlyHeader("X-Timestamp", Long.toString(Signing.NOW.getEpochSecond() + 1)));
        changed.add(signed().onlyHeader("X-Timestamp", Long.toString(Signing.NOW.getEpochSecond() - 1)));
        changed.add(signed().onlyHeader("X-Nonce", "n"));
        changed.add(withoutNonce(signed()));
        changed.add(signing.signed(POST, CONTENT, "").header("X-Nonce", "n"));
        for (int i = 0; i < 64; i++) {
            TestExchange signed = signed();
            String signature = signed.headers("X-Signature").get(0);
            char other = signature.charAt(i) == 'a' ? 'b' : 'a';
            changed.add(
                    signed.onlyHeader("X-Signature", signature.substring(0, i) + other + signature.substring(i + 1)));
        }
        assertThat(changed)
                .hasSizeGreaterThan(100)
                .allSatisfy(exchange ->
                        assertThat(judge(exchange)).isIn("signature_invalid wrong", "signature_invalid unknown_key"));
    }

    /** Another request with the fields and the content of this one. */
    private static TestExchange like(TestExchange signed, TestExchange changed) {
        TestExchange like = changed.content(signed.body());
        for (TestExchange.Field field : signed.fields()) {
            like = like.header(field.name(), field.value());
        }
        return like;
    }

    private static TestExchange withoutNonce(TestExchange signed) {
        TestExchange without = TestExchange.of(signed.method(), signed.rawPath() + "?" + signed.rawQuery())
                .content(signed.body());
        for (TestExchange.Field field : signed.fields()) {
            without = field.name().equals("X-Nonce") ? without : without.header(field.name(), field.value());
        }
        return without;
    }

    private static String other(String text, int at) {
        char other = text.charAt(at) == 'x' ? 'y' : 'x';
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    @Test
    void SIG_03_parts_cannot_be_moved_over_a_border() {
        TestExchange signed = signing.signed(TestExchange.get("/ab?c"), new byte[0], "n1");
        assertThat(judge(like(signed, TestExchange.get("/a?bc")))).isEqualTo("signature_invalid wrong");
        assertThat(judge(signed.onlyHeader("X-Key-Id", "acme-").onlyHeader("X-Nonce", "1n1")))
                .isEqualTo("signature_invalid unknown_key");
        assertThat(judge(like(signed, TestExchange.of("GETa", "/b?c")))).isEqualTo("signature_invalid wrong");
        assertThat(judge(signed.host("api.example.com/").header("X-Other", "ab?c")))
                .isEqualTo("signature_invalid wrong");
    }

    @Test
    void refuses_what_cannot_be_signed() {
        assertThat(judge(signed().host(null))).isEqualTo("signature_invalid authority");
        assertThat(judge(signed().header("Host", "api.example.com").header("Host", "api.example.com")))
                .isEqualTo("signature_invalid authority");
        assertThat(judge(signed().host(""))).isEqualTo("signature_invalid characters");
        assertThat(judge(signed().host("api.example.com\nx"))).isEqualTo("signature_invalid characters");
        assertThat(judge(like(signed(), TestExchange.of("POST", "/orders?dry=1\n"))))
                .isEqualTo("signature_invalid characters");
        assertThat(judge(like(signed(), TestExchange.of("POST", "/orders?é"))))
                .isEqualTo("signature_invalid characters");
        assertThat(judge(like(signed(), TestExchange.of("PO ST", "/orders"))))
                .isEqualTo("signature_invalid characters");
    }

    @Test
    void SIG_08_the_same_request_twice_is_refused_the_second_time() {
        TestExchange once = signed();
        assertThat(judge(once)).isEqualTo(VERIFIED);
        assertThat(judge(once)).isEqualTo("signature_replayed replayed");
        assertThat(judge(signed())).isEqualTo(VERIFIED);
    }

    @Test
    void SIG_08_a_nonce_is_good_once_whatever_is_signed_with_it() {
        assertThat(judge(signing.signed(POST, CONTENT, "one"))).isEqualTo(VERIFIED);
        signing.pass(Duration.ofSeconds(1));
        assertThat(judge(signing.signed(TestExchange.get("/"), new byte[0], "one")))
                .isEqualTo("signature_replayed replayed");
    }

    @Test
    void SIG_08_without_a_nonce_the_signature_itself_is_good_once() {
        TestExchange once = signing.signed(POST, CONTENT, "");
        String signature = once.headers("X-Signature").get(0);
        assertThat(judge(once)).isEqualTo(VERIFIED);
        assertThat(judge(once)).isEqualTo("signature_replayed replayed");
        assertThat(judge(signing.signed(POST, CONTENT, signature))).isEqualTo(VERIFIED);
        assertThat(judge(signing.signed(TestExchange.get("/"), new byte[0], "")))
                .isEqualTo(VERIFIED);
    }

    @Test
    void SIG_08_a_nonce_is_remembered_for_as_long_as_its_signature_is_good() {
        TestExchange future = Signing.signed(
                POST, CONTENT, "one", Signing.NOW.plusSeconds(300).getEpochSecond());
        assertThat(judge(future)).isEqualTo(VERIFIED);
        for (int second = 0; second <= 600; second++) {
            assertThat(judge(future)).isEqualTo("signature_replayed replayed");
            signing.pass(Duration.ofSeconds(1));
        }
        assertThat(judge(future)).isEqualTo("signature_expired expired");
    }

    @ParameterizedTest
    @CsvSource({
        "OFF,POST,true",
        "OFF,GET,true",
        "UNSAFE_METHODS,GET,true",
        "UNSAFE_METHODS,HEAD,true",
        "UNSAFE_METHODS,OPTIONS,true",
        "UNSAFE_METHODS,POST,false",
        "UNSAFE_METHODS,PURGE,false",
        "REFUSE,GET,false"
    })
    void replay_can_be_allowed(ReplayPolicy replay, String method, boolean again) {
        HmacScheme lenient = signing.generic(settings(replay, false));
        TestExchange once = signing.signed(TestExchange.of(method, "/"));
        assertThat(judge(lenient, once)).isEqualTo(VERIFIED);
        assertThat(judge(lenient, once)).isEqualTo(again ? VERIFIED : "signature_replayed replayed");
    }

    @Test
    void SIG_09_strangers_fill_nothing() {
        for (int i = 0; i < 2000; i++) {
            assertThat(judge(signed().onlyHeader("X-Nonce", "flood" + i))).isEqualTo("signature_invalid wrong");
        }
        assertThat(signing.state().isUntouched("nonces-hmac")).isTrue();
    }

    @Test
    void SIG_09_R38_a_full_store_refuses_new_nonces_and_still_knows_the_old_ones() {
        Signing small = new Signing(10);
        HmacScheme bounded = small.generic();
        List<TestExchange> used = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            TestExchange once = small.signed(POST, CONTENT, small.nonce());
            assertThat(judge(bounded, once)).isEqualTo(VERIFIED);
            used.add(once);
        }
        TestExchange next = small.signed(POST, CONTENT, small.nonce());
        for (int i = 0; i < 100; i++) {
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> judge(bounded, next))
                    .satisfies(full -> assertThat(full.retryAfter()).hasSeconds(1));
        }
        assertThat(used).allSatisfy(old -> assertThat(judge(bounded, old)).isEqualTo("signature_replayed replayed"));
        small.pass(Duration.ofMinutes(7));
        assertThat(judge(bounded, small.signed(POST, CONTENT, small.nonce()))).isEqualTo(VERIFIED);
        assertThat(used).allSatisfy(old -> assertThat(judge(bounded, old)).isEqualTo("signature_expired expired"));
    }

    @ParameterizedTest
    @CsvSource({
        "0,verified",
        "-300,verified",
        "300,verified",
        "-301,signature_expired expired",
        "301,signature_expired future",
        "-1767225599,signature_expired expired",
        "900000000000,signature_expired future"
    })
    void SIG_10_the_window_has_an_edge_on_both_sides(long offset, String expected) {
        assertThat(judge(Signing.signed(POST, CONTENT, "n", Signing.NOW.getEpochSecond() + offset)))
                .isEqualTo(expected);
    }

    @Test
    void SIG_10_other_dates_of_the_request_do_not_matter() {
        TestExchange old = Signing.signed(POST, CONTENT, "n", Signing.NOW.getEpochSecond() - 301);
        assertThat(judge(old.header("Date", "Thu, 01 Jan 2026 00:00:00 GMT").header("X-Date", "20260101T000000Z")))
                .isEqualTo("signature_expired expired");
    }

    @Test
    void SIG_10_an_old_signature_is_refused_before_the_content_is_read() {
        Body unread = sink -> {
            throw new AssertionError("read");
        };
        TestExchange old = Signing.signed(POST, CONTENT, "n", Signing.NOW.getEpochSecond() - 301);
        assertThat(judge(old.content(unread))).isEqualTo("signature_expired expired");
    }

    @ParameterizedTest
    @EnumSource(value = Body.Outcome.class, names = "COMPLETE", mode = EnumSource.Mode.EXCLUDE)
    void R32_SIG_24_a_content_that_is_not_whole_is_never_judged(Body.Outcome outcome) {
        RejectionReason expected = switch (outcome) {
            case TOO_LARGE -> RejectionReason.BODY_TOO_LARGE;
            case CONSUMED -> RejectionReason.INTERNAL;
            default -> RejectionReason.SIGNATURE_INVALID;
        };
        Body body = sink -> {
            sink.accept(CONTENT, 0, CONTENT.length);
            return outcome;
        };
        assertThat(judge(signed().content(body))).startsWith(expected.code() + " body_");
        assertThat(signing.state().isUntouched("nonces-hmac")).isTrue();
    }

    @Test
    void SIG_23_a_content_that_comes_in_pieces_is_the_same_content() {
        Body pieces = sink -> {
            byte[] padded = new byte[CONTENT.length + 7];
            System.arraycopy(CONTENT, 0, padded, 5, CONTENT.length);
            for (int i = 0; i < CONTENT.length; i++) {
                sink.accept(padded, 5 + i, 1);
                sink.accept(padded, 0, 0);
            }
            return Body.Outcome.COMPLETE;
        };
        assertThat(judge(signed().content(pieces))).isEqualTo(VERIFIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"})
    void SIG_16_a_field_that_names_another_method_changes_nothing(String field) {
        assertThat(judge(signed().header(field, "DELETE"))).isEqualTo(VERIFIED);
        TestExchange deletion = signing.signed(TestExchange.of("DELETE", "/orders?dry=1&b=%20"), CONTENT, "n");
        assertThat(judge(like(deletion, POST).header(field, "DELETE"))).isEqualTo("signature_invalid wrong");
    }

    @Test
    void SIG_18_an_unknown_key_is_answered_as_a_wrong_signature_after_the_same_work() {
        AtomicInteger read = new AtomicInteger();
        Body counted = sink -> {
            read.incrementAndGet();
            return Body.of(CONTENT).read(sink);
        };
        TestExchange wrong = signed().onlyHeader("X-Signature", "0".repeat(64)).content(counted);
        TestExchange unknown = wrong.onlyHeader("X-Key-Id", "nobody");
        assertThat(rejected(wrong).reason()).isEqualTo(RejectionReason.SIGNATURE_INVALID);
        assertThat(rejected(unknown).reason()).isEqualTo(RejectionReason.SIGNATURE_INVALID);
        assertThat(read).hasValue(2);
        TestExchange old = wrong.onlyHeader("X-Timestamp", "1767225000");
        assertThat(rejected(old)).isEqualTo(rejected(old.onlyHeader("X-Key-Id", "nobody")));
    }

    @Test
    void SIG_18_what_is_signed_with_the_decoy_is_not_let_in() {
        long second = Signing.NOW.getEpochSecond();
        for (String keyId : List.of("nobody", "-")) {
            String signature = Signing.signature(
                    POST, "api.example.com", CONTENT, keyId, "n", second, "nobody has this one, which is as long");
            TestExchange forged = POST.content(CONTENT)
                    .header("X-Key-Id", keyId)
                    .header("X-Timestamp", Long.toString(second))
                    .header("X-Nonce", "n")
                    .header("X-Signature", signature);
            assertThat(judge(forged)).isEqualTo("signature_invalid unknown_key");
        }
    }

    private Verification.Rejected rejected(TestExchange exchange) {
        Claim.Presented presented = (Claim.Presented) scheme.claim(exchange);
        return (Verification.Rejected) scheme.verify(presented.credential(), exchange);
    }

    @Test
    void SIG_21_what_should_have_been_signed_is_logged_only_where_that_is_switched_on() {
        TestExchange wrong = signing.signed(POST, CONTENT, "told-0").onlyHeader("X-Signature", "0".repeat(64));
        TestExchange right = signing.signed(POST, CONTENT, "told-1");
        HmacScheme telling = signing.generic(settings(ReplayPolicy.REFUSE, true));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(judge(wrong)).isEqualTo("signature_invalid wrong");
            assertThat(told(log)).isEmpty();
            assertThat(judge(telling, wrong)).isEqualTo("signature_invalid wrong");
            assertThat(judge(telling, right)).isEqualTo(VERIFIED);
            assertThat(judge(telling, right)).isEqualTo("signature_replayed replayed");
            assertThat(told(log))
                    .singleElement()
                    .asString()
                    .contains(
                            "COUNTERSIGN-HMAC-SHA256\\nacme-1\\n1767225600\\ntold-0\\nPOST\\napi.example.com",
                            wrong.requestId())
                    .doesNotContain(Signing.SECRET, "0".repeat(64));
        }
    }

    /** The lines of this test; others log at the same time. */
    private static List<String> told(CapturedLog log) {
        return log.lines().stream().filter(line -> line.contains("told-")).toList();
    }

    @Test
    void SIG_15_behind_a_proxy_the_external_address_is_signed_whatever_host_comes() {
        Signing behind = new Signing().baseUrl("https://API.example.com:443/shop");
        HmacScheme external = behind.generic();
        TestExchange signed = behind.signed(TestExchange.get("/orders"));
        assertThat(judge(external, signed.host("10.0.0.7:8080"))).isEqualTo(VERIFIED);
        assertThat(judge(external, behind.signed(TestExchange.get("/orders")).host(null)))
                .isEqualTo(VERIFIED);
        assertThat(judge(external, behind.signed(TestExchange.get("/orders").host("10.0.0.7:8080"))))
                .isEqualTo("signature_invalid wrong");
    }

    @ParameterizedTest
    @CsvSource({
        "API.Example.COM,api.example.com,true",
        "api.example.com:443,api.example.com,true",
        "api.example.com:80,api.example.com,false",
        "api.example.com:80,api.example.com:80,true",
        "api.example.com:8443,api.example.com:8443,true",
        "[2001:DB8::1]:443,[2001:db8::1],true"
    })
    void SIG_15_the_host_is_signed_in_lower_case_without_the_scheme_s_own_port(
            String host, String authority, boolean https) {
        long second = Signing.NOW.getEpochSecond();
        TestExchange request = TestExchange.get("/").host(host);
        TestExchange signed = (https ? request : request.cleartext())
                .header("X-Key-Id", Signing.KEY_ID)
                .header("X-Timestamp", Long.toString(second))
                .header(
                        "X-Signature",
                        Signing.signature(request, authority, new byte[0], Signing.KEY_ID, "", second, Signing.SECRET));
        assertThat(judge(signed)).isEqualTo(VERIFIED);
    }
}
