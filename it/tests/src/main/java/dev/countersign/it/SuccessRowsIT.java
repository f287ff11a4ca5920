package dev.countersign.it;

import static dev.countersign.it.Credentials.alice;
import static dev.countersign.it.Credentials.basic;
import static dev.countersign.it.Credentials.bearer;
import static dev.countersign.it.Credentials.key;
import static dev.countersign.it.Orders.API_KEY;
import static dev.countersign.it.Orders.BASIC;
import static dev.countersign.it.Orders.BEARER;
import static dev.countersign.it.Orders.error;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp.RawResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows R42 and R45 of SPEC section 6: who gets in, as whom, and what caches are told. */
public class SuccessRowsIT extends MainWar {
    @Test
    void R42_nothing_sent_is_anonymous() throws IOException {
        assertThat(orders.admitted("/api/schemes/optional")).isEqualTo("ran for nobody");
        assertThat(orders.admitted("/api/schemes/lenient")).isEqualTo("ran for nobody");
        assertThat(orders.admitted("/api/schemes/open")).isEqualTo("ran for nobody");
    }

    @Test
    void R42_a_good_credential_makes_a_caller() throws IOException {
        for (String path : List.of("/api/schemes/optional", "/api/schemes/lenient", "/api/schemes/open")) {
            assertThat(orders.admitted(path, alice())).isEqualTo("ran for alice");
            assertThat(orders.admitted(path, key(Credentials.WRITER))).isEqualTo("ran for acme");
            assertThat(orders.admitted(path, bearer(Tokens.granting("").signed())))
                    .isEqualTo("ran for sue");
        }
    }

    @Test
    void R42_an_invalid_credential_is_ignored_where_that_is_asked_for() throws IOException {
        for (String line : List.of(
                basic("alice", "wrong"),
                "Authorization: Basic !",
                "Authorization: Bearer",
                bearer(Tokens.granting("").unsigned()),
                key(Credentials.REVOKED),
                key(Credentials.ELSEWHERE))) {
            assertThat(orders.admitted("/api/schemes/lenient", line)).as(line).isEqualTo("ran for nobody");
            assertThat(orders.admitted("/api/schemes/open", line)).as(line).isEqualTo("ran for nobody");
        }
    }

    @Test
    void R42_an_invalid_credential_gets_its_own_row_where_it_is_not_ignored() throws IOException {
        String path = "/api/schemes/optional";
        List<String> all = List.of(BASIC, BEARER, API_KEY, "Fragile realm=\"orders\"");
        orders.refused(401, all, path, basic("alice", "wrong"));
        orders.refused(
                401,
                List.of(
                        BASIC,
                        Orders.bearer(error("invalid_token", "The access token is invalid")),
                        API_KEY,
                        "Fragile realm=\"orders\""),
                path,
                bearer(Tokens.granting("").signedByStranger()));
        orders.refused(
                400,
                List.of(Orders.bearer(error("invalid_request", "The Authorization header is malformed"))),
                path,
                "Authorization: Bearer a b");
        orders.refused(403, List.of(), path, key(Credentials.ELSEWHERE));
    }

    @Test
    void R45_a_resource_sees_the_caller() throws IOException {
        assertThat(orders.admitted("/api/caller", alice()))
                .isEqualTo(
                        "name=alice scheme=BASIC clerk=true admin=false scopes=[orders:read] identities=basic:alice:USER");
        assertThat(orders.admitted("/api/caller", key(Credentials.WRITER)))
                .isEqualTo("name=acme scheme=api-key clerk=true admin=false scopes=[orders:read, orders:write]"
                        + " identities=api-key:acme:KEY");
        assertThat(orders.admitted(
                        "/api/caller",
                        bearer(Tokens.granting("orders:read x")
                                .json("roles", "[\"admin\"]")
                                .signed())))
                .isEqualTo(
                        "name=sue scheme=jwt clerk=false admin=true scopes=[orders:read, x] identities=jwt:sue:USER");
        assertThat(orders.admitted("/api/caller", bearer(Credentials.ROBOT)))
                .isEqualTo("name=robot scheme=robot clerk=false admin=false scopes=[orders:read]"
                        + " identities=robot:robot:KEY");
    }

    @Test
    void R45_CHAIN_04_of_two_credentials_every_identity_is_kept_in_the_order_of_the_rule() throws IOException {
        assertThat(orders.admitted(
                        "/api/caller",
                        key(Credentials.WRITER),
                        bearer(Tokens.granting("orders:read other").signed())))
                .isEqualTo("name=sue scheme=jwt clerk=false admin=false scopes=[orders:read]"
                        + " identities=jwt:sue:USER,api-key:acme:KEY");
    }

    @Test
    void R45_a_servlet_sees_the_caller() throws IOException {
        assertThat(orders.admitted("/report", alice()))
                .isEqualTo(
                        "principal=alice same=true remoteUser=alice authType=BASIC clerk=true anyone=true star=false");
        assertThat(orders.admitted("/report", key(Credentials.READER)))
                .isEqualTo("principal=reader same=true remoteUser=reader authType=api-key clerk=false anyone=true"
                        + " star=false");
    }

    @Test
    void R45_passwords_are_utf_8_and_hashes_may_be_bcrypt() throws IOException {
        assertThat(orders.admitted("/api/schemes/password", basic("j\u00f6rg", "p\u00e4ssword")))
                .isEqualTo("ran");
        assertThat(orders.admitted("/api/schemes/password", basic("bea", Credentials.BEAS_PASSWORD)))
                .isEqualTo("ran");
    }

    @Test
    void R45_scheme_tokens_and_field_names_have_no_case() throws IOException {
        String credentials = alice().substring("Authorization: Basic ".length());
        assertThat(orders.admitted("/api/orders", "authorization: bAsIc " + credentials))
                .isEqualTo("orders of alice");
        assertThat(orders.admitted("/api/orders", "AUTHORIZATION: BASIC   " + credentials))
                .isEqualTo("orders of alice");
        assertThat(orders.admitted("/api/orders", "Authorization: apikey " + Credentials.READER))
                .isEqualTo("orders of reader");
        assertThat(orders.admitted("/api/orders", "x-api-key: " + Credentials.READER))
                .isEqualTo("orders of reader");
        assertThat(orders.admitted(
                        "/api/orders",
                        "Authorization: BEARER "
                                + Tokens.granting("orders:read").signed()))
                .isEqualTo("orders of sue");
    }

    @Test
    void R45_G8_CHAIN_14_an_answer_for_a_caller_is_private() throws IOException {
        for (String line : List.of(
                alice(), key(Credentials.WRITER), bearer(Tokens.granting("").signed()))) {
            assertThat(cacheControl("/api/caller", line)).as(line).containsExactly("private");
            assertThat(cacheControl("/api/caller/no-store", line)).containsExactly("no-store");
        }
        assertThat(cacheControl("/report", alice())).containsExactly("private");
        assertThat(cacheControl("/clerks/page.txt", alice())).containsExactly("private");
        assertThat(cacheControl("/api/schemes/open")).isEmpty();
    }

    @Test
    void R45_G8_public_becomes_private_for_a_key_in_a_field_of_its_own() throws IOException {
        assertThat(cacheControl("/api/caller/public", key(Credentials.WRITER))).containsExactly("private, max-age=60");
        // RFC 9111 section 3.5: caches know Authorization, and an application may open what it protects.
        assertThat(cacheControl("/api/caller/public", alice())).containsExactly("public, max-age=60");
        assertThat(cacheControl(
                        "/api/caller/public",
                        key(Credentials.WRITER),
                        bearer(Tokens.granting("").signed())))
                .containsExactly("private, max-age=60");
    }

    @Test
    void R45_G9_what_scripts_may_read_is_added_to_what_the_application_says() throws IOException {
        RawResponse response = orders.http().get("/api/caller/cross-origin", alice());
        assertThat(response.header("Access-Control-Allow-Origin")).containsExactly("https://app.example.com");
        assertThat(response.header("Access-Control-Expose-Headers"))
                .singleElement()
                .asString()
                .contains("X-Total", "WWW-Authenticate", "DPoP-Nonce", "Retry-After", "RateLimit", "RateLimit-Policy");
    }

    @Test
    void R45_asynchronous_answers_and_events_arrive() throws IOException {
        assertThat(orders.admitted("/api/orders/async", alice())).isEqualTo("later for alice");
        RawResponse events = orders.http().get("/api/orders/events", key(Credentials.READER));
        assertThat(events.status()).isEqualTo(200);
        assertThat(events.header("Content-Type")).singleElement().asString().startsWith("text/event-stream");
        assertThat(events.header("Cache-Control")).singleElement().asString().isIn("private", "no-store");
        assertThat(events.text()).contains("data: one").contains("data: two");
    }

    @Test
    void R45_a_head_request_is_admitted_as_a_get_is() throws IOException {
        RawResponse head = orders.http().request("HEAD", "/api/orders", null, alice());
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Cache-Control")).containsExactly("private");
        assertThat(head.header("X-Content-Type-Options")).containsExactly("nosniff");
    }

    @Test
    void R45_nosniff_is_on_every_answer() throws IOException {
        for (String path : List.of("/hello", "/api/hello", "/open/page.txt", "/api/nothing/here")) {
            assertThat(orders.http().get(path).header("X-Content-Type-Options"))
                    .as(path)
                    .containsExactly("nosniff");
        }
    }

    @Test
    void R45_one_request_leaves_nothing_to_the_next_on_its_connection() throws IOException {
        String target = orders.http().context() + "/api/orders";
        String host = "Host: " + orders.http().host();
        List<RawResponse> responses = orders.http()
                .sendAll(("GET " + target + " HTTP/1.1\r\n" + host + "\r\n" + alice() + "\r\n\r\nGET " + target
                                + " HTTP/1.1\r\n" + host + "\r\n\r\nGET " + target + " HTTP/1.1\r\n" + host + "\r\n"
                                + key(Credentials.READER) + "\r\nConnection: close\r\n\r\n")
                        .getBytes(ISO_8859_1));
        assertThat(responses).extracting(RawResponse::status).containsExactly(200, 401, 200);
        assertThat(responses.get(0).text()).isEqualTo("orders of alice");
        assertThat(responses.get(2).text()).isEqualTo("orders of reader");
    }

    private List<String> cacheControl(String path, String... lines) throws IOException {
        RawResponse response = orders.http().get(path, lines);
        assertThat(response.status()).as("%s", response).isEqualTo(200);
        return response.header("Cache-Control");
    }
}
