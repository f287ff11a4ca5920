package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.TestExchange;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureBaseTest {
    private static final TestExchange REQUEST = TestExchange.get("/a?b=c");

    /** The value of one component, or empty if it has none. */
    private static Optional<String> value(MessageParts message, String component) {
        Component named = Component.of(component);
        return SignatureBase.of(message, SignatureInput.of("a", List.of(named), SignatureParameters.of(1, "k")))
                .map(base -> base.text()
                        .substring(named.text().length() + 2, base.text().indexOf("\n\"@signature-params\"")));
    }

    private static RequestParts parts(TestExchange exchange) {
        return RequestParts.of(exchange, Optional.empty());
    }

    private static RequestParts header(String name, String value) {
        return parts(REQUEST.header(name, value));
    }

    @Test
    void an_absent_component_is_no_empty_one() {
        assertThat(value(header("X-A", ""), "x-a")).contains("");
        assertThat(value(parts(REQUEST), "x-a")).isEmpty();
        assertThat(value(parts(REQUEST), "\"x-a\";bs")).isEmpty();
        assertThat(value(parts(REQUEST), "\"x-a\";tr")).isEmpty();
        assertThat(value(parts(REQUEST), "\"@query-param\";name=\"x\"")).isEmpty();
        assertThat(value(parts(TestExchange.get("/a")), "\"@query-param\";name=\"b\""))
                .isEmpty();
    }

    @Test
    void SIG_14_an_absent_field_is_not_signed_as_empty() {
        assertThat(value(parts(REQUEST), "x-absent")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\nb", "a\r\nb", "a\rb", "a\n", "\na", "a\u0000b", "a\u007fb", "a\u00e9", "a\r\r\n b", "\u2028"
            })
    void SIG_03_a_value_with_a_line_break_a_control_or_another_character_is_refused(String value) {
        assertThat(value(header("X-A", value), "x-a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '`',
            value = {
                "`a\n b`|a b",
                "`a \r\n\t b`|a b",
                "`a\n b\r\n c`|a b c",
                "`\n a`|a",
                "`a\tb`|`a\tb`",
                "` \ta\t `|a"
            })
    void a_folded_line_is_one_line(String value, String expected) {
        assertThat(value(header("X-A", value), "x-a")).contains(expected);
    }

    @Test
    void SIG_07_every_line_of_a_field_counts() {
        RequestParts two = parts(REQUEST.header("X-A", "1").header("x-a", " 2 "));
        assertThat(value(two, "x-a")).contains("1, 2");
        assertThat(value(two, "\"x-a\";bs")).contains(":MQ==:, :Mg==:");
        assertThat(value(header("X-A", "1, 2"), "\"x-a\";bs")).contains(":MSwgMg==:");
    }

    @Test
    void byte_sequences_hold_what_a_server_hands_over_as_ISO_8859_1() {
        assertThat(value(header("X-A", "\u00e9"), "\"x-a\";bs")).contains(":6Q==:");
        assertThat(value(header("X-A", "\u20ac"), "\"x-a\";bs")).isEmpty();
    }

    @Test
    void only_known_structured_fields_are_written_anew() {
        assertThat(value(header("Priority", "u=1,   i"), "\"priority\";sf")).contains("u=1, i");
        assertThat(value(header("Cache-Status", "a;hit ,b"), "\"cache-status\";sf"))
                .contains("a;hit, b");
        assertThat(value(header("Client-Cert", " :AA==: "), "\"client-cert\";sf"))
                .contains(":AA==:");
        assertThat(value(header("Priority", "?"), "\"priority\";sf")).isEmpty();
        assertThat(value(header("X-A", "u=1"), "\"x-a\";sf")).isEmpty();
    }

    @Test
    void a_member_is_one_of_a_dictionary() {
        assertThat(value(header("X-A", "b=1;c,  d"), "\"x-a\";key=\"b\"")).contains("1;c");
        assertThat(value(header("X-A", "b=1, d;e=\"f\""), "\"x-a\";key=\"d\"")).contains("?1;e=\"f\"");
        assertThat(value(header("X-A", "b=1"), "\"x-a\";key=\"d\"")).isEmpty();
        assertThat(value(header("X-A", "b=("), "\"x-a\";key=\"b\"")).isEmpty();
        assertThat(value(header("Client-Cert", "b=1"), "\"client-cert\";key=\"b\""))
                .isEmpty();
    }

    @Test
    void SIG_19_a_field_is_parsed_once_however_many_of_its_members_are_covered() {
        AtomicInteger parsed = new AtomicInteger();
        List<Component> covered = List.of(
                Component.of("\"x-a\";key=\"a\""),
                Component.of("\"x-a\";key=\"b\""),
                Component.of("\"x-a\";key=\"c\""),
                Component.of("\"x-a\";sf;key=\"c\""),
                Component.of("\"x-b\";key=\"a\""),
                Component.of("\"x-b\";key=\"b\""));
        SignatureInput input = SignatureInput.of("a", covered, SignatureParameters.of(1, "k"));
        TestExchange request = REQUEST.header("X-A", "a=1, b=2").header("X-A", "c=3");
        assertThat(SignatureBase.of(input, counting(request.header("X-B", "a=4, b=5"), parsed)))
                .hasValueSatisfying(base -> assertThat(base.text()).startsWith("""
                                "x-a";key="a": 1
                                "x-a";key="b": 2
                                "x-a";key="c": 3
                                "x-a";sf;key="c": 3
                                "x-b";key="a": 4
                                "x-b";key="b": 5
                                """));
        assertThat(parsed).hasValue(2);
        ComponentValues unreadable = counting(REQUEST.header("X-A", "a=("), parsed);
        assertThat(unreadable.of(covered.get(0))).isNull();
        assertThat(unreadable.of(covered.get(1))).isNull();
        assertThat(parsed).hasValue(3);
    }

    private static ComponentValues counting(TestExchange request, AtomicInteger parsed) {
        return new ComponentValues(parts(request), FieldType.KNOWN, lines -> {
            parsed.incrementAndGet();
            return StructuredFields.dictionary(lines, 100);
        });
    }

    @Test
    void a_header_and_a_trailer_of_one_name_and_the_request_of_a_response_are_three_fields() {
        RequestParts request = header("X-A", "a=1");
        ComponentValues values = new ComponentValues(
                new ResponseParts(200, name -> List.of("a=2"), name -> List.of("a=3"), Optional.of(request)),
                FieldType.KNOWN);
        assertThat(values.of(Component.of("\"x-a\";req;key=\"a\""))).isEqualTo("1");
        assertThat(values.of(Component.of("\"x-a\";key=\"a\""))).isEqualTo("2");
        assertThat(values.of(Component.of("\"x-a\";tr;key=\"a\""))).isEqualTo("3");
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com, api.example.com",
        "API.Example.com:443, api.example.com",
        "api.example.com:, api.example.com",
        "api.example.com:80, api.example.com:80",
        "api.example.com:8443, api.example.com:8443",
        "[2001:DB8::1], [2001:db8::1]",
        "[2001:db8::1]:443, [2001:db8::1]",
        "[2001:db8::443]:8443, [2001:db8::443]:8443"
    })
    void SIG_15_an_authority_is_in_lower_case_without_the_port_of_its_scheme(String host, String expected) {
        assertThat(value(parts(REQUEST.host(host)), "@authority")).contains(expected);
        assertThat(value(parts(REQUEST.host(host)), "@target-uri")).contains("https://" + expected + "/a?b=c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":443", ":8443", "a b", "a/b", "a?b", "a#b", "user@a", "a\\b", "a,b", "\u00e4", "a\n"})
    void an_authority_that_is_none_is_refused(String host) {
        assertThat(value(parts(REQUEST.host(host)), "@authority")).isEmpty();
        assertThat(value(parts(REQUEST.host(host)), "@target-uri")).isEmpty();
    }

    @Test
    void SIG_15_two_hosts_are_none() {
        RequestParts two = parts(REQUEST.header("Host", "a.example").header("Host", "b.example"));
        assertThat(value(two, "@authority")).isEmpty();
        assertThat(value(parts(REQUEST.host(null)), "@authority")).isEmpty();
    }

    @Test
    void SIG_15_the_base_URL_decides_and_forwarded_fields_do_not() {
        TestExchange behind = REQUEST.host("internal:8080")
                .cleartext()
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Proto", "https")
                .header("Forwarded", "host=evil.example;proto=https");
        assertThat(value(parts(behind), "@target-uri")).contains("http://internal:8080/a?b=c");
        RequestParts configured = RequestParts.of(behind, Optional.of("https://API.example.com:443/orders"));
        assertThat(value(configured, "@target-uri")).contains("https://api.example.com/a?b=c");
        assertThat(value(configured, "@authority")).contains("api.example.com");
        assertThat(value(configured, "@scheme")).contains("https");
        RequestParts plain = RequestParts.of(behind, Optional.of("http://api.example.com:81"));
        assertThat(value(plain, "@target-uri")).contains("http://api.example.com:81/a?b=c");
    }

    @Test
    void paths_and_queries_are_signed_as_they_are() {
        RequestParts odd = parts(TestExchange.get("/a%2Fb//c/../d?"));
        assertThat(value(odd, "@path")).contains("/a%2Fb//c/../d");
        assertThat(value(odd, "@query")).contains("?");
        assertThat(value(odd, "@request-target")).contains("/a%2Fb//c/../d?");
        assertThat(value(odd, "@target-uri")).contains("https://api.example.com/a%2Fb//c/../d?");
        assertThat(value(parts(TestExchange.get("")), "@path")).contains("/");
        assertThat(value(parts(TestExchange.get("/\u00e4")), "@path")).isEmpty();
        assertThat(value(parts(TestExchange.get("/a?\u00e4")), "@query")).isEmpty();
        assertThat(value(parts(TestExchange.of("OPTIONS", "*")), "@path")).isEmpty();
        assertThat(value(parts(TestExchange.of("OPTIONS", "*")), "@target-uri")).isEmpty();
        assertThat(value(parts(TestExchange.of("OPTIONS", "*")), "@request-target"))
                .contains("*");
        assertThat(value(parts(TestExchange.of("GE T", "/")), "@method")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a=1&b=2|b|2",
                "a=1&&b=2&|b|2",
                "b|b|``",
                "b=|b|``",
                "b=2=3|b|2%3D3",
                "b=%32|b|2",
                "%62=2|b|2",
                "b=a+c|b|a%20c",
                "b=%2b|b|%2B",
                "b=~!'()|b|%7E%21%27%28%29",
                "b=*-._|b|*-._",
                "b=%c3%a9|b|%C3%A9",
                "=1|``|1",
                "b=%00|b|%00"
            })
    void SIG_04_a_query_parameter_has_one_encoding(String query, String name, String expected) {
        assertThat(value(parts(TestExchange.get("/?" + query)), "\"@query-param\";name=\"" + name + "\""))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b=1&b=2|b",
                "b=1&%62=2|b",
                "b=%|b",
                "b=%2|b",
                "b=%zz|b",
                "b=%ff|b",
                "b=%c0%80|b",
                "b=1&c=%zz|c",
                "b=1&%zz=1|b",
                "B=1|b",
                "b=é|b",
                "a%20b=1|a b",
                "a%20b=1|a+b"
            })
    void SIG_04_a_query_parameter_that_can_be_read_in_two_ways_is_refused(String query, String name) {
        assertThat(value(parts(TestExchange.get("/?" + query)), "\"@query-param\";name=\"" + name + "\""))
                .isEmpty();
    }

    @Test
    void a_request_has_no_status_and_a_response_no_method() {
        assertThat(value(parts(REQUEST), "@status")).isEmpty();
        assertThat(value(parts(REQUEST), "\"@method\";req")).isEmpty();
        ResponseParts response = new ResponseParts(200, Fields.NONE, name -> List.of("t"), Optional.of(parts(REQUEST)));
        assertThat(value(response, "@status")).contains("200");
        assertThat(value(response, "@method")).isEmpty();
        assertThat(value(response, "\"@method\";req")).contains("GET");
        assertThat(value(response, "\"x-a\";tr")).contains("t");
        ResponseParts alone = new ResponseParts(99, Fields.NONE, Fields.NONE, Optional.empty());
        assertThat(value(alone, "@status")).isEmpty();
        assertThat(value(alone, "\"@method\";req")).isEmpty();
    }

    @Test
    void a_client_signs_what_a_server_verifies() {
        Fields fields = name -> name.equals("content-type") ? List.of("text/plain") : List.of();
        RequestParts out = RequestParts.of("POST", URI.create("HTTPS://API.example.com:443?b=c"), fields);
        assertThat(value(out, "@target-uri")).contains("https://api.example.com/?b=c");
        assertThat(value(out, "@request-target")).contains("/?b=c");
        assertThat(value(out, "content-type")).contains("text/plain");
        assertThat(value(out, "\"content-type\";tr")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> RequestParts.of("GET", URI.create("/a"), Fields.NONE));
    }

    @Test
    void SIG_21_the_base_shows_nothing_of_itself() {
        SignatureBase base = SignatureBase.of(
                        header("Authorization", "Bearer hG7pQz4WnR2x"),
                        SignatureInput.of("a", List.of(Component.of("authorization")), SignatureParameters.of(1, "k")),
                        Map.of())
                .orElseThrow();
        assertThat(base).hasToString("SignatureBase[****]");
        assertThat(new String(base.bytes(), java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo(base.text());
    }
}
