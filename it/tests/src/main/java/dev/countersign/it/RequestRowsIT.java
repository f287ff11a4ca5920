package dev.countersign.it;

import static dev.countersign.it.Credentials.alice;
import static dev.countersign.it.Credentials.basic;
import static dev.countersign.it.Credentials.bearer;
import static dev.countersign.it.Credentials.key;
import static dev.countersign.it.Orders.ALL;
import static dev.countersign.it.Orders.ALL_READ;
import static dev.countersign.it.Orders.API_KEY;
import static dev.countersign.it.Orders.BASIC;
import static dev.countersign.it.Orders.error;
import static dev.countersign.it.Orders.raw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp.RawResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows R8, R9, R35, R38 to R41 and R43 of SPEC section 6: requests that are refused for what they are, and faults. */
public class RequestRowsIT extends MainWar {
    private static final String HELLO_WITH_PARAMETER =
            Server.current().leavesSessionIds() ? "/hello;jsessionid=x" : "/hello;session=x";
    private static final String TEXT = "Accept: text/plain";
    private static final String IN_URL =
            error("invalid_request", "Credentials in the query string or body are not accepted");
    private static final String MULTIPLE = error("invalid_request", "Multiple methods used to include credentials");

    @Test
    void R8_CHAIN_05_credentials_in_the_query_are_a_bad_request() throws IOException {
        for (String query : List.of(
                "access_token=x",
                "api_key=x",
                "a=b&api_key=",
                "access%5Ftoken=x",
                "q=" + Credentials.WRITER,
                "q=sk%5Ftest_x",
                "q=x&r=rk_test_x",
                "access_token=" + Tokens.granting("orders:read").signed())) {
            for (String line : List.of("X-Other: none", alice())) {
                Problem problem = orders.refused(400, List.of(Orders.bearer(IN_URL)), "/api/orders?" + query, line);
                assertThat(problem.code()).as(query).isEqualTo("credentials_in_url");
                assertThat(problem.member("error")).isEqualTo("invalid_request");
            }
        }
    }

    @Test
    void R8_CHAIN_05_without_bearer_the_plain_challenges_are_sent() throws IOException {
        Problem problem = orders.refused(400, List.of(API_KEY), "/api/schemes/key?api_key=" + Credentials.WRITER);
        assertThat(problem.code()).isEqualTo("credentials_in_url");
        orders.refused(400, List.of(BASIC, API_KEY), "/report?access_token=x");
        orders.refused(400, List.of(BASIC, API_KEY), "/clerks/page.txt?access_token=x");
    }

    @Test
    void R8_CHAIN_05_what_is_open_ignores_them() throws IOException {
        assertThat(orders.admitted("/api/schemes/open?api_key=" + Credentials.WRITER))
                .isEqualTo("ran for nobody");
        assertThat(orders.admitted("/open/page.txt?access_token=x")).isEqualTo("open page\n");
        assertThat(orders.admitted("/api/orders?apikey=x&token=y", alice())).isEqualTo("orders of alice");
    }

    @Test
    void R9_CHAIN_03_KEY_08_several_credentials_of_one_kind_are_a_bad_request() throws IOException {
        String token = Tokens.granting("orders:read").signed();
        multiple(List.of(BASIC), alice(), alice());
        multiple(List.of(BASIC, Orders.bearer(MULTIPLE)), alice(), bearer(token));
        multiple(List.of(Orders.bearer(MULTIPLE)), bearer(token), bearer(token));
        multiple(List.of(API_KEY + ", " + MULTIPLE), key(Credentials.READER), key(Credentials.READER));
        multiple(List.of(API_KEY + ", " + MULTIPLE), key(Credentials.READER), key(Credentials.WRITER));
        multiple(
                List.of(API_KEY + ", " + MULTIPLE),
                key(Credentials.READER),
                "Authorization: ApiKey " + Credentials.WRITER);
        multiple(
                List.of(API_KEY + ", " + MULTIPLE),
                key(Credentials.READER),
                "Authorization: ApiKey " + Credentials.READER);
    }

    @Test
    void R9_holds_where_everybody_gets_in() throws IOException {
        for (String path : List.of("/api/schemes/open", "/api/schemes/lenient")) {
            assertThat(orders.refused(400, List.of(BASIC), path, alice(), alice())
                            .code())
                    .isEqualTo("multiple_credentials");
        }
    }

    private void multiple(List<String> challenges, String... lines) throws IOException {
        Problem problem = orders.refused(400, challenges, "/api/orders", lines);
        assertThat(problem.code()).as(String.join("; ", lines)).isEqualTo("multiple_credentials");
    }

    @Test
    void R35_PWD_15_plain_http_is_refused_whatever_is_sent() throws IOException {
        Set<String> bodies = new HashSet<>();
        for (String host : List.of("api.example.com", "localhost.example.com", "127.0.0.1.example.com", "192.0.2.1")) {
            for (String line : List.of("", alice(), basic("alice", "wrong"), key(Credentials.WRITER), bearer("x"))) {
                bodies.add(httpsRequired("/api/orders", "Host: " + host, line));
            }
        }
        for (String trace : List.of("X-Forwarded-For: 127.0.0.1", "Forwarded: for=x", "X-Real-IP: x", "Via: 1.1 x")) {
            bodies.add(httpsRequired("/api/orders", "Host: localhost", trace, alice()));
        }
        assertThat(bodies).hasSize(1);
    }

    @Test
    void R35_no_credential_passes_even_to_what_is_open() throws IOException {
        httpsRequired("/api/schemes/open", "Host: api.example.com", alice());
        httpsRequired("/open/page.txt", "Host: api.example.com", key("anything"));
        httpsRequired("/report", "Host: api.example.com");
        for (String path : List.of("/api/schemes/open", "/open/page.txt", "/hello")) {
            RawResponse response =
                    orders.http().send(raw("GET", orders.http().context() + path, "Host: api.example.com"));
            assertThat(response.status()).as(path).isEqualTo(200);
        }
    }

    @Test
    void R35_a_preflight_passes() throws IOException {
        RawResponse response = orders.http()
                .send(raw(
                        "OPTIONS",
                        orders.http().context() + "/api/orders",
                        "Host: api.example.com",
                        "Origin: https://app.example.com",
                        "Access-Control-Request-Method: GET"));
        assertThat(response.status()).isEqualTo(200);
    }

    private String httpsRequired(String path, String... lines) throws IOException {
        Problem problem =
                orders.refused(403, List.of(), raw("GET", orders.http().context() + path, lines));
        assertThat(problem.code()).isEqualTo("https_required");
        return problem.withoutInstance();
    }

    @Test
    void R38_CHAIN_02_an_outage_is_503_and_says_when_to_come_back() throws IOException {
        for (String path : List.of("/api/schemes/fragile", "/api/schemes/optional")) {
            assertThat(unavailable(path, "X-Fragile: outage")).isEqualTo("5");
            assertThat(unavailable(path, "X-Fragile: full")).isEqualTo("1");
        }
        assertThat(orders.admitted("/api/schemes/fragile", "X-Fragile: fine")).isEqualTo("ran");
        assertThat(orders.admitted("/api/schemes/lenient", "X-Fragile: outage")).isEqualTo("ran for nobody");
    }

    private String unavailable(String path, String line) throws IOException {
        assertThat(orders.refused(503, List.of(), path, line).code()).isEqualTo("auth_unavailable");
        List<String> retryAfter = orders.http().get(path, line).header("Retry-After");
        assertThat(retryAfter).hasSize(1);
        return retryAfter.get(0);
    }

    @Test
    void R39_CHAIN_02_CHAIN_13_a_scheme_that_throws_lets_nobody_in_and_tells_nothing() throws IOException {
        try (Logs logs = Logs.open()) {
            for (String path : List.of("/api/schemes/fragile", "/api/schemes/optional", "/api/schemes/lenient")) {
                for (String value : List.of("claim", "fault-with-a-secret-inside")) {
                    assertThat(orders.refused(500, List.of(), path, "X-Fragile: " + value)
                                    .code())
                            .isEqualTo("internal");
                }
            }
            assertThat(logs.text("IllegalStateException", "FragileScheme.verify"))
                    .contains("IllegalStateException")
                    .contains("FragileScheme.verify")
                    .doesNotContain("secret-inside");
        }
    }

    @Test
    void R40_a_path_with_two_readings_is_a_bad_request_whoever_asks() throws IOException {
        for (String path : List.of(
                "/api/orders;x=y",
                "/api;x/orders",
                "/api//orders",
                "//api/orders",
                "/api/./orders",
                "/api/x/../orders",
                "/api/orders/.",
                "/api/x/%2e%2e/orders",
                "/api/%2E/orders",
                "/api%2forders",
                "/api%2Forders",
                "/api/orders%5c",
                "/api/orders%3bx",
                "/api/orders%00",
                "/api/orders%0a",
                "/api/orders%7f",
                "/api/orders%c0%af",
                "/api/orders%ff",
                "/api/schemes/open;x=y",
                "/open/page.txt;x",
                "/open//page.txt",
                HELLO_WITH_PARAMETER)) {
            long before = orders.calls();
            for (String line : List.of("X-Other: none", alice(), basic("alice", "wrong"))) {
                RawResponse response = orders.http().get(path, line);
                assertThat(response.status()).as("%s: %s", path, response).isEqualTo(400);
                assertThat(response.header("WWW-Authenticate")).isEmpty();
                // Some of these a server refuses itself, with a page of its own.
                if (response.header("Content-Type").contains("application/problem+json")) {
                    assertThat(Problem.of(response).code()).isEqualTo("bad_path");
                }
            }
            assertThat(orders.calls()).as(path).isEqualTo(before);
        }
    }

    @Test
    void R40_our_own_answer_is_a_problem() throws IOException {
        for (String path : List.of("/api/orders;x=y", "/api/schemes/open;x", HELLO_WITH_PARAMETER)) {
            assertThat(orders.refused(400, List.of(), path, alice()).code()).isEqualTo("bad_path");
        }
    }

    /** Nobody reads such a path in two ways where the server takes the session off for all of them. */
    @Test
    void R40_a_session_in_the_path_is_no_second_reading() throws IOException {
        boolean left = Server.current().leavesSessionIds();
        assertThat(orders.http().get("/hello;jsessionid=x").status()).isEqualTo(left ? 400 : 200);
        assertThat(orders.http().get("/api/orders;jsessionid=x").status()).isEqualTo(left ? 400 : 401);
    }

    @Test
    void R41_what_nobody_may_call_is_403_for_everybody() throws IOException {
        for (String line :
                List.of("X-Other: none", alice(), key(Credentials.WRITER), bearer("x"), basic("alice", "wrong"))) {
            assertThat(orders.refused(403, List.of(), "/api/schemes/closed", line)
                            .code())
                    .isEqualTo("denied");
            assertThat(orders.refused(403, List.of(), "/open/shut/page.txt", line)
                            .code())
                    .isEqualTo("denied");
        }
        assertThat(orders.refused(403, List.of(), "/api/application.wadl").code())
                .isEqualTo("denied");
    }

    @Test
    void R43_METH_02_a_preflight_passes_and_shows_nothing_of_a_resource() throws IOException {
        long before = orders.calls();
        RawResponse response = preflight("/api/orders");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("WWW-Authenticate")).isEmpty();
        assertThat(response.body()).isEmpty();
        assertThat(orders.calls()).isEqualTo(before);
    }

    @Test
    void R43_METH_02_any_other_options_request_needs_a_credential() throws IOException {
        String[] half = {TEXT, "Origin: https://app.example.com"};
        Problem problem = orders.refused(401, ALL, "OPTIONS", "/api/orders", half);
        assertThat(problem.code()).isEqualTo("credentials_required");
        orders.refused(401, ALL, "OPTIONS", "/api/orders", new String[] {TEXT, "Access-Control-Request-Method: GET"});
        orders.refused(401, ALL, "OPTIONS", "/api/orders", new String[] {TEXT});
        orders.refused(401, List.of(BASIC, API_KEY), "OPTIONS", "/clerks/page.txt", new String[0]);
        RawResponse known = orders.http().request("OPTIONS", "/api/orders", null, TEXT, alice());
        assertThat(known.status()).isEqualTo(200);
        assertThat(known.header("Allow")).isNotEmpty();
        for (String line : List.of("X-Other: none", alice())) {
            int status =
                    orders.http().request("OPTIONS", "/api/orders", null, line).status();
            int expected = line.equals(alice()) ? 200 : 401;
            assertThat(status).isEqualTo(Server.current().answersOptionsWithWadl() ? 403 : expected);
        }
    }

    @Test
    void R43_METH_02_an_options_method_of_the_application_runs_its_rule() throws IOException {
        String path = "/api/schemes/options";
        orders.refused(401, List.of(BASIC), "OPTIONS", path, new String[0]);
        orders.refused(401, List.of(BASIC), "OPTIONS", path, new String[] {
            "Origin: https://app.example.com", "Access-Control-Request-Method: GET"
        });
        RawResponse response = orders.http().request("OPTIONS", path, null, alice());
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("ran");
    }

    private RawResponse preflight(String path) throws IOException {
        return orders.http()
                .request(
                        "OPTIONS", path, null, "Origin: https://app.example.com", "Access-Control-Request-Method: GET");
    }

    @Test
    void METH_01_a_head_request_needs_what_a_get_needs() throws IOException {
        RawResponse admitted = orders.http().request("HEAD", "/api/orders", null, alice());
        assertThat(admitted.status()).isEqualTo(200);
        // Orders.refused sends a HEAD after each GET.
        orders.refused(401, ALL_READ, "/api/orders");
        orders.refused(403, List.of(), "/api/orders", basic("bea", Credentials.BEAS_PASSWORD));
        orders.refused(401, List.of(BASIC, API_KEY), "/report");
    }

    @Test
    void METH_03_trace_is_refused_and_echoes_nothing() throws IOException {
        for (String path : List.of("/api/orders", "/report", "/open/page.txt", "/hello")) {
            RawResponse response = orders.http().request("TRACE", path, null, alice(), "X-Echo: echo-of-this");
            // Ours is 405; a server may refuse it before any filter, Jetty with 403.
            assertThat(response.status()).as("%s", response).isIn(403, 405);
            assertThat(response.text()).doesNotContain("echo-of-this").doesNotContain(alice());
        }
    }

    @Test
    void METH_04_odd_methods_reach_nothing() throws IOException {
        for (String method : List.of("GETX", "get", "Get", "PROPFIND", "JEFF", "PATCH", "DELETE", "PUT", "QUERY")) {
            for (String path : List.of("/api/orders", "/report", "/clerks/page.txt", "/api/schemes/closed")) {
                long before = orders.calls();
                RawResponse response = orders.http().request(method, path, null);
                assertThat(response.status()).as("%s %s", method, path).isIn(400, 401, 403, 405, 501);
                assertThat(response.text()).doesNotContain("orders of").doesNotContain("clerks page");
                assertThat(orders.calls()).isEqualTo(before);
            }
        }
    }

    @Test
    void METH_05_the_real_method_decides() throws IOException {
        for (String line : List.of(
                "X-HTTP-Method-Override: GET", "X-HTTP-Method: GET", "X-Method-Override: GET", "_method: GET")) {
            String[] lines = {key(Credentials.READER), line, "Content-Length: 0"};
            Problem problem = orders.refused(403, List.of(), "POST", "/api/orders", lines);
            assertThat(problem.member("required_scopes")).isEqualTo(List.of("orders:write"));
        }
        orders.refused(403, List.of(), "POST", "/api/orders?_method=GET", new String[] {
            key(Credentials.READER), "Content-Length: 0"
        });
        assertThat(orders.admitted("/api/orders", key(Credentials.READER), "X-HTTP-Method-Override: POST"))
                .isEqualTo("orders of reader");
    }

    @Test
    void CHAIN_22_a_refused_post_never_runs_however_its_body_comes() throws IOException {
        String[] lines = {"Content-Length: 0", "Content-Type: text/plain"};
        orders.refused(401, List.of(BASIC, API_KEY), "POST", "/report", lines);
        orders.refused(
                401, List.of(BASIC, Orders.bearer("scope=\"orders:write\""), API_KEY), "POST", "/api/orders", lines);
        RawResponse large = orders.http().request("POST", "/api/orders", new byte[100_000], "Content-Type: text/plain");
        assertThat(large.status()).isEqualTo(401);
        assertThat(orders.admitted("/api/orders", alice())).isEqualTo("orders of alice");
    }
}
