package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingRequestTest {
    private static final URI ORDERS = URI.create("https://api.example.com/orders?key=s3cret");

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com/orders, https://api.example.com/orders, api.example.com",
        "HTTPS://API.Example.COM/Orders, https://api.example.com/Orders, api.example.com",
        "https://api.example.com:443/, https://api.example.com/, api.example.com",
        "http://api.example.com:80/, http://api.example.com/, api.example.com",
        "https://api.example.com:80/, https://api.example.com:80/, api.example.com:80",
        "https://api.example.com:8443/, https://api.example.com:8443/, api.example.com:8443",
        "https://api.example.com, https://api.example.com/, api.example.com",
        "https://api.example.com?a=1, https://api.example.com/?a=1, api.example.com",
        "https://api.example.com/?, https://api.example.com/, api.example.com",
        "https://api.example.com/a#part, https://api.example.com/a, api.example.com",
        "https://api.example.com/a%20b/%2F/./..//c?x=a+b&y=%e2, https://api.example.com/a%20b/%2F/./..//c?x=a+b&y=%e2, api.example.com",
        "https://api.example.com/ä?ö=ü, https://api.example.com/%C3%A4?%C3%B6=%C3%BC, api.example.com",
        "http://[::1]:8080/, http://[::1]:8080/, [::1]:8080",
    })
    void keeps_the_uri_as_it_is_sent(String given, String sent, String authority) {
        OutgoingRequest request = OutgoingRequest.of("GET", URI.create(given));
        assertThat(request.uri()).hasToString(sent);
        assertThat(request.authority()).isEqualTo(authority);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/orders?key=s3cret",
                "ftp://api.example.com/?key=s3cret",
                "https:///orders?key=s3cret",
                "https://user:s3cret@api.example.com/",
                "https://under_score/?key=s3cret",
                "mailto:s3cret@example.com",
            })
    void refuses_another_uri_and_does_not_show_it(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutgoingRequest.of("GET", URI.create(uri)))
                .withMessageContaining("expected: absolute, http or https")
                .withMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET ", "GE\r\nT", "GÄT"})
    void refuses_a_method_that_is_no_token(String method) {
        assertThatIllegalArgumentException().isThrownBy(() -> OutgoingRequest.of(method, ORDERS));
    }

    @Test
    void keeps_fields_in_order_and_finds_them_in_any_case() {
        OutgoingRequest request = OutgoingRequest.of("GET", ORDERS)
                .header("X-A", "1")
                .header("B", "2")
                .header("x-a", " 3 ");
        assertThat(request.fields())
                .containsExactly(new HeaderField("X-A", "1"), new HeaderField("B", "2"), new HeaderField("x-a", "3"));
        assertThat(request.headers("X-a")).containsExactly("1", "3");
        assertThat(request.onlyHeader("x-A", "4").headers("X-A")).containsExactly("4");
        assertThat(request.withoutHeader("x-A").fields()).containsExactly(new HeaderField("B", "2"));
    }

    @Test
    void takes_no_host_beside_the_one_of_the_uri() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutgoingRequest.of("GET", ORDERS).header("host", "other.example.com"))
                .withMessageContaining("Host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret\r\nX-Other: 1", "s3cret\n", "s3cret\0", "s3cret\u007f"})
    void refuses_a_value_of_more_than_one_line_and_does_not_show_it(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HeaderField("X-Key", value))
                .withMessageContaining("X-Key")
                .withMessageNotContaining("s3cret");
    }

    @Test
    void shows_neither_query_nor_fields_nor_content() {
        OutgoingRequest request = OutgoingRequest.of("GET", ORDERS).header("Authorization", "s3cret");
        assertThat(request).hasToString("GET https://api.example.com/orders");
        assertThat(request.fields()).hasToString("[Authorization: ****]");
    }
}
