package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Address literals: what is one, and which of them are the same address. */
class AddressLiteralTest {
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 1, 2, 3};

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3:0", "10.1.2.3:65535", "10.1.2.3:_a.B-_9", "10.1.2.3:_x", "10.1.2.3"})
    void reads_an_address_with_a_port_or_an_obfuscated_one(String text) {
        assertThat(AddressLiteral.withPort(text)).hasToString("/10.1.2.3");
        assertThat(AddressLiteral.node(text)).hasToString("/10.1.2.3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3:", "10.1.2.3:65536", "10.1.2.3:000080", "10.1.2.3:_", "10.1.2.3:8o", "10.1.2.3:_a b",
                        "10.1.2.3:-1",
                "[::1]x", "[::1", "[::1]:", "[::1]80", ":80", "[]", ":"
            })
    void reads_nothing_where_the_port_or_what_stands_around_it_is_wrong(String text) {
        assertThat(AddressLiteral.withPort(text)).isNull();
        assertThat(AddressLiteral.node(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1::2::3",
                "1:2:3:4:5:6:7:",
                "12345::",
                "::12345",
                "1:2:3:4:5:6:7:1.2.3.4",
                "1.2.3.4::",
                "::1.2.3",
                ":::",
                "g::",
                "::1%eth0"
            })
    void reads_no_address_of_too_many_or_too_few_parts(String text) {
        assertThat(AddressLiteral.parse(text)).isEmpty();
    }

    @Test
    void reads_the_longest_forms() {
        assertThat(AddressLiteral.parse("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255"))
                .hasValueSatisfying(address -> assertThat(address.getAddress()).containsOnly(-1));
        assertThat(AddressLiteral.parse("255.255.255.255"))
                .hasValueSatisfying(address -> assertThat(address.getAddress()).containsOnly(-1));
        assertThat(AddressLiteral.parse("1:2:3:4:5:6:7::"))
                .hasValueSatisfying(
                        address -> assertThat(address.getHostAddress()).isEqualTo("1:2:3:4:5:6:7:0"));
    }

    @Test
    void an_IPv4_mapped_address_is_that_IPv4_address_also_where_a_container_has_made_it() throws UnknownHostException {
        InetAddress mapped = Inet6Address.getByAddress("host", MAPPED, 0);
        assertThat(mapped).isInstanceOf(Inet6Address.class);
        assertThat(AddressLiteral.normalBytes(mapped)).containsExactly(10, 1, 2, 3);
        for (int index : List.of(0, 9, 10, 11)) {
            byte[] other = MAPPED.clone();
            other[index] = 1;
            assertThat(AddressLiteral.normalBytes(Inet6Address.getByAddress("host", other, 0)))
                    .containsExactly(other);
        }
        assertThat(AddressLiteral.normalBytes(InetAddress.getByAddress(new byte[] {10, 1, 2, 3})))
                .containsExactly(10, 1, 2, 3);
    }
}
