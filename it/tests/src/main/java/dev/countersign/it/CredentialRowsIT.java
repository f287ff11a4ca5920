package dev.countersign.it;

import static dev.countersign.it.Credentials.alice;
import static dev.countersign.it.Credentials.basic;
import static dev.countersign.it.Credentials.bearer;
import static dev.countersign.it.Credentials.key;
import static dev.countersign.it.Orders.ALL;
import static dev.countersign.it.Orders.ALL_READ;
import static dev.countersign.it.Orders.API_KEY;
import static dev.countersign.it.Orders.BASIC;
import static dev.countersign.it.Orders.BEARER;
import static dev.countersign.it.Orders.BEARER_READ;
import static dev.countersign.it.Orders.ROBOT_KEY;
import static dev.countersign.it.Orders.error;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp.RawResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows R1 to R7, R10 to R12, R14 and R44 of SPEC section 6: credentials that are absent, wrong or not enough. */
public class CredentialRowsIT extends MainWar {
    private static final List<List<String>> ACCEPTED = List.of(List.of("basic"), List.of("jwt"), List.of("api-key"));

    @Test
    void R1_G1_G2_asks_for_each_accepted_scheme_in_a_line_of_its_own() throws IOException {
        Problem problem = orders.refused(401, ALL_READ, "/api/orders");
        assertThat(problem.code()).isEqualTo("credentials_required");
        assertThat(problem.member("accepted")).isEqualTo(ACCEPTED);
        assertThat(problem.member("error")).isNull();
        assertThat(problem.member("required_scopes")).isNull();
    }

    @Test
    void R1_a_method_without_annotations_takes_the_default_expression() throws IOException {
        assertThat(orders.refused(401, ALL, "/api/schemes").member("accepted")).isEqualTo(ACCEPTED);
    }

    @Test
    void R1_an_annotated_servlet_asks_for_what_it_takes() throws IOException {
        Problem problem = orders.refused(401, List.of(BASIC, API_KEY), "/report");
        assertThat(problem.code()).isEqualTo("credentials_required");
        assertThat(problem.member("accepted")).isEqualTo(List.of(List.of("basic"), List.of("api-key")));
    }

    @Test
    void R1_a_path_rule_guards_static_files() throws IOException {
        orders.refused(401, List.of(BASIC, API_KEY), "/clerks/page.txt");
        assertThat(orders.admitted("/clerks/page.txt", alice())).isEqualTo("clerks page\n");
        assertThat(orders.admitted("/open/page.txt")).isEqualTo("open page\n");
        assertThat(orders.refused(403, List.of(), "/open/shut/page.txt").code()).isEqualTo("denied");
    }

    @Test
    void R1_async_and_event_streams_are_refused_as_others_are() throws IOException {
        orders.refused(401, ALL_READ, "/api/orders/async");
        orders.refused(401, ALL_READ, "/api/orders/events");
        orders.refused(401, ALL_READ, "/api/orders/events", "Accept: text/event-stream");
    }

    @Test
    void R1_the_body_is_a_problem_whatever_the_client_accepts() throws IOException {
        orders.refused(401, List.of(BASIC, API_KEY), "/report", "Accept: text/html");
        orders.refused(401, List.of(BASIC, API_KEY), "/report", "Accept: application/xml, */*;q=0");
        orders.refused(401, ALL_READ, "/api/orders", "Accept: application/json, text/plain;q=0.1");
    }

    @Test
    void R2_unknown_schemes_are_not_looked_at() throws IOException {
        for (String line : List.of(
                "Authorization: Digest username=\"alice\", realm=\"orders\", nonce=\"n\", uri=\"/\", response=\"r\"",
                "Authorization: Negotiate YII=",
                "Authorization: Mutual x",
                "Authorization:",
                "Authorization: ")) {
            Problem problem = orders.refused(401, ALL_READ, "/api/orders", line);
            assertThat(problem.code()).as(line).isEqualTo("credentials_required");
            assertThat(problem.member("error")).isNull();
        }
    }

    @Test
    void R2_a_good_credential_of_a_scheme_that_is_not_accepted_changes_nothing() throws IOException {
        for (String line : List.of(
                key(Credentials.WRITER), alice(), bearer(Tokens.ofPartner().signed()), bearer(Credentials.WRITER))) {
            Problem problem = orders.refused(401, List.of(BEARER), "/api/schemes/token", line);
            assertThat(problem.code()).as(line).isEqualTo("credentials_required");
            assertThat(problem.member("accepted")).isEqualTo(List.of(List.of("jwt")));
        }
        orders.refused(
                401,
                List.of(API_KEY),
                "/api/schemes/key",
                bearer(Tokens.granting("").signed()));
        orders.refused(401, List.of(BASIC), "/api/schemes/password", key(Credentials.WRITER));
    }

    @Test
    void R3_G11_CHAIN_12_unknown_wrong_disabled_and_locked_get_one_answer() throws IOException {
        List<String> answers = new ArrayList<>();
        for (String line : List.of(
                basic("nobody", Credentials.PASSWORD),
                basic("alice", "wrong"),
                basic("bea", "wrong"),
                basic("dora", Credentials.PASSWORD),
                basic("dora", "wrong"),
                basic("louis", Credentials.PASSWORD))) {
            assertThat(orders.refused(401, ALL_READ, "/api/orders", line).code())
                    .isEqualTo("credentials_invalid");
            answers.add(comparable(orders.http().get("/api/orders", line)));
        }
        assertThat(answers).allMatch(answers.get(0)::equals);
    }

    @Test
    void R4_PWD_08_a_malformed_basic_credential_is_answered_as_a_wrong_one() throws IOException {
        String wrong = comparable(orders.http().get("/api/orders", basic("alice", "wrong")));
        for (String credentials : List.of(
                "",
                " ",
                " !!!!",
                " YWxpY2U",
                " " + encoded("alice"),
                " " + encoded(":password"),
                " " + encoded("alice:"),
                " " + encoded("ali\u0000ce:password"),
                " " + encoded("alice:pass\nword"),
                " " + encoded("alice:pass\u007f"),
                " " + encoded("j\u00f6rg:p\u00e4ssword"),
                " " + encoded("alice:correct horse") + " x",
                " " + encoded("alice:correct horse") + ", x=y")) {
            RawResponse response = orders.http().get("/api/orders", "Authorization: Basic" + credentials);
            assertThat(comparable(response)).as(credentials).isEqualTo(wrong);
        }
        orders.refused(401, ALL_READ, "/api/orders", "Authorization: Basic");
    }

    @Test
    void R5_a_bearer_value_that_is_no_token_is_a_bad_request() throws IOException {
        List<String> line = List.of(Orders.bearer(error("invalid_request", "The Authorization header is malformed")));
        for (String value : List.of("", " ", " a b", " \"quoted\"", " a,b", " token=\"x\"", " \u00e4")) {
            if (value.equals(" \u00e4") && Server.current().refusesFieldsBeyondAscii()) {
                assertThat(orders.http()
                                .get("/api/orders", "Authorization: Bearer" + value)
                                .status())
                        .isEqualTo(400);
                continue;
            }
            Problem problem = orders.refused(400, line, "/api/orders", "Authorization: Bearer" + value);
            assertThat(problem.code()).as(value).isEqualTo("malformed_credentials");
            assertThat(problem.member("error")).isEqualTo("invalid_request");
        }
    }

    @Test
    void R6_an_expired_token_is_told_so() throws IOException {
        String token = Tokens.granting("orders:read")
                .number("exp", Instant.now().getEpochSecond() - 3600)
                .signed();
        Problem problem = orders.refused(
                401,
                List.of(
                        BASIC,
                        Orders.bearer("scope=\"orders:read\"", error("invalid_token", "The access token expired")),
                        API_KEY),
                "/api/orders",
                bearer(token));
        assertThat(problem.code()).isEqualTo("token_expired");
        assertThat(problem.member("error")).isEqualTo("invalid_token");
        assertThat(problem.member("accepted")).isEqualTo(ACCEPTED);
    }

    @Test
    void R7_CHAIN_12_every_other_failure_of_a_token_is_told_alike() throws IOException {
        List<String> challenges = List.of(
                BASIC,
                Orders.bearer("scope=\"orders:read\"", error("invalid_token", "The access token is invalid")),
                API_KEY);
        String good = Tokens.granting("orders:read").signed();
        char last = good.charAt(good.length() - 3);
        for (String token : List.of(
                Tokens.granting("orders:read").signedByStranger(),
                good.substring(0, good.length() - 3) + (last == 'A' ? 'B' : 'A') + good.substring(good.length() - 2),
                Tokens.granting("orders:read").unsigned(),
                Tokens.granting("orders:read").algorithm("HS256").signed(),
                Tokens.granting("orders:read").algorithm("RS256").signed(),
                Tokens.granting("orders:read")
                        .claim("iss", "https://evil.example")
                        .signed(),
                Tokens.granting("orders:read").claim("aud", "invoices").signed(),
                Tokens.granting("orders:read").json("exp", "\"soon\"").signed(),
                Tokens.granting("orders:read")
                        .number("nbf", Instant.now().getEpochSecond() + 3600)
                        .signed(),
                "abc",
                "a.b.c",
                "abc.def.ghi.jkl.mno")) {
            Problem problem = orders.refused(401, challenges, "/api/orders", bearer(token));
            assertThat(problem.code()).as(token).isEqualTo("token_invalid");
            assertThat(problem.member("error")).isEqualTo("invalid_token");
        }
    }

    @Test
    void R10_a_key_is_told_to_be_unknown_expired_or_revoked() throws IOException {
        keyIs("invalid_key", "key_invalid", Credentials.UNKNOWN);
        keyIs("invalid_key", "key_invalid", "sk_test_short");
        keyIs("invalid_key", "key_invalid", "sk_live_" + Credentials.WRITER.substring("sk_test_".length()));
        keyIs("invalid_key", "key_invalid", "");
        keyIs("expired_key", "key_expired", Credentials.EXPIRED);
        keyIs("revoked_key", "key_revoked", Credentials.REVOKED);
        String nearlyRevoked = Credentials.REVOKED.substring(0, Credentials.REVOKED.length() - 1) + "0";
        keyIs("invalid_key", "key_invalid", nearlyRevoked);
    }

    @Test
    void R10_a_key_in_bearer_is_told_in_the_words_of_bearer() throws IOException {
        assertThat(orders.admitted("/api/schemes/robot", bearer(Credentials.ROBOT)))
                .isEqualTo("ran");
        Problem problem = orders.refused(
                401,
                List.of(Orders.bearer("error=\"invalid_token\""), ROBOT_KEY),
                "/api/schemes/robot",
                bearer(Credentials.ROBOT_EXPIRED));
        assertThat(problem.code()).isEqualTo("key_expired");
        assertThat(problem.member("error")).isEqualTo("invalid_token");
    }

    @Test
    void R11_a_key_from_an_address_that_it_is_not_for_is_refused_without_challenge() throws IOException {
        assertThat(orders.refused(403, List.of(), "/api/orders", key(Credentials.ELSEWHERE))
                        .code())
                .isEqualTo("ip_not_allowed");
        assertThat(orders.admitted("/api/orders", key(Credentials.HERE))).isEqualTo("orders of here");
        // Nobody is trusted to tell another address.
        orders.refused(403, List.of(), "/api/schemes/key", key(Credentials.ELSEWHERE), "Client-IP: 192.0.2.1");
    }

    @Test
    void R12_a_token_without_the_scope_is_told_what_it_needs() throws IOException {
        String challenge = Orders.bearer(
                "scope=\"orders:write\"",
                error(
                        "insufficient_scope",
                        "The request requires higher privileges than provided by the access token"));
        for (String scope : List.of("orders:read", "", "orders:writer Orders:write", "orders:write,orders:read")) {
            Problem problem = orders.refused(403, List.of(challenge), "POST", "/api/orders", new String[] {
                bearer(Tokens.granting(scope).signed()), "Content-Length: 0"
            });
            assertThat(problem.code()).as(scope).isEqualTo("insufficient_scope");
            assertThat(problem.member("error")).isEqualTo("insufficient_scope");
            assertThat(problem.member("required_scopes")).isEqualTo(List.of("orders:write"));
            assertThat(problem.member("accepted")).isNull();
        }
    }

    @Test
    void R12_G13_of_two_credentials_the_token_that_lacks_the_scope_is_told() throws IOException {
        String challenge = Orders.bearer(
                "scope=\"orders:write\"",
                error(
                        "insufficient_scope",
                        "The request requires higher privileges than provided by the access token"));
        orders.refused(
                403,
                List.of(challenge),
                "/api/orders/pair-write",
                key(Credentials.WRITER),
                bearer(Tokens.granting("orders:read").signed()));
    }

    @Test
    void R14_a_key_or_user_without_the_scope_gets_no_challenge() throws IOException {
        for (String line : List.of(
                key(Credentials.READER), key(Credentials.UNSCOPED), alice(), basic("nina", Credentials.PASSWORD))) {
            Problem problem =
                    orders.refused(403, List.of(), "POST", "/api/orders", new String[] {line, "Content-Length: 0"});
            assertThat(problem.code()).as(line).isEqualTo("insufficient_scope");
            assertThat(problem.member("required_scopes")).isEqualTo(List.of("orders:write"));
            assertThat(problem.member("error")).isNull();
        }
        orders.refused(403, List.of(), "/api/orders", basic("bea", Credentials.BEAS_PASSWORD));
        orders.refused(403, List.of(), "/report", key(Credentials.UNSCOPED));
    }

    @Test
    void R14_a_missing_role_is_never_named() throws IOException {
        for (String line : List.of(
                key(Credentials.READER), bearer(Tokens.granting("orders:read").signed()))) {
            Problem problem = orders.refused(403, List.of(), "/api/orders/clerk", line);
            assertThat(problem.code()).isEqualTo("insufficient_role");
            assertThat(problem.toString()).doesNotContain("clerk");
            assertThat(problem.member("required_scopes")).isNull();
        }
        orders.refused(403, List.of(), "/clerks/page.txt", key(Credentials.READER));
    }

    @Test
    void R44_a_key_without_its_token_is_asked_for_the_token_alone() throws IOException {
        Problem problem = orders.refused(401, List.of(BEARER_READ), "/api/orders/pair", key(Credentials.READER));
        assertThat(problem.code()).isEqualTo("credentials_required");
        assertThat(problem.member("error")).isNull();
        assertThat(problem.member("accepted")).isEqualTo(List.of(List.of("api-key", "jwt"), List.of("basic")));
        orders.refused(
                401,
                List.of(API_KEY),
                "/api/orders/pair",
                bearer(Tokens.granting("orders:read").signed()));
        orders.refused(401, ALL_READ, "/api/orders/pair");
        assertThat(orders.admitted(
                        "/api/orders/pair",
                        key(Credentials.READER),
                        bearer(Tokens.granting("orders:read").signed())))
                .isEqualTo("for pairs");
    }

    @Test
    void R44_CHAIN_01_one_bad_part_is_told_and_never_falls_back() throws IOException {
        orders.refused(
                401,
                List.of(Orders.bearer("scope=\"orders:read\"", error("invalid_token", "The access token is invalid"))),
                "/api/orders/pair",
                key(Credentials.READER),
                bearer(Tokens.granting("orders:read").signedByStranger()));
    }

    private void keyIs(String error, String code, String key) throws IOException {
        Problem problem = orders.refused(
                401, List.of(BASIC, BEARER_READ, API_KEY + ", error=\"" + error + "\""), "/api/orders", key(key));
        assertThat(problem.code()).as(key).isEqualTo(code);
    }

    /** Everything but what differs between any two answers: the time and the number of the request. */
    private static String comparable(RawResponse response) {
        List<String> lines = response.lines().stream()
                .filter(line -> !line.startsWith("Date:"))
                .toList();
        return response.status() + "\n" + String.join("\n", lines) + "\n"
                + Problem.of(response).withoutInstance();
    }

    /** Base64 of bytes that are not UTF-8 where a character is above 127. */
    private static String encoded(String credentials) {
        return Base64.getEncoder().encodeToString(credentials.getBytes(ISO_8859_1));
    }
}
