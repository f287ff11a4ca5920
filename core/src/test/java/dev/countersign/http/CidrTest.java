package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "192.168.1.1, 192.168.1.1, true",
        "192.168.1.1, 192.168.1.2, false",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 1.2.3.4, false",
        "::/0, ::ffff:1.2.3.4, false",
        "::/0, fe80::1, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::, false",
        "2001:db8::/33, 2001:db8:8000::, false",
        "::1, ::1, true",
        "::ffff:10.0.0.0/104, 10.200.0.1, true",
        "::ffff:10.0.0.0/104, 11.0.0.1, false",
        "::ffff:10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, ::ffff:a00:1, true",
        "127.0.0.1/31, 127.0.0.0, true",
        "127.0.0.1/32, 127.0.0.0, false",
    })
    void tells_what_it_contains(String block, String address, boolean contained) {
        assertThat(Cidr.parse(block)
                        .orElseThrow()
                        .contains(AddressLiteral.parse(address).orElseThrow()))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0.0/ 8",
                " 10.0.0.0/8",
                "10.0.0.0/8 ",
                "10.0.0.0/255.0.0.0",
                "2001:db8::/129",
                "::ffff:10.0.0.0/8",
                "localhost",
                "localhost/8",
                "10.0.0/8",
                "[::1]/128",
                "fe80::1%eth0/64",
                "10.0.0.0/\u0668",
            })
    void refuses_what_is_no_block(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "example.com",
                "a",
                "127.1",
                "2130706433",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.04",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.4 ",
                "\u0661.2.3.4",
                "1.2.3.-4",
                "1.2.3.+4",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:",
                ":1:2:3:4:5:6:7",
                "1::2::3",
                "12345::",
                "g::",
                "1:2:3:4:5:6:7::8",
                "::1.2.3",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "fe80::1%1",
                "[::1]",
                "::ffff:1.2.3.256",
                "1:2:3:4::5:6:7:8",
                "::\u0661",
                "1.2.3.4/32",
            })
    void refuses_addresses_that_are_no_literals(String text) {
        assertThat(AddressLiteral.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, 1.2.3.4",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, 0:0:0:0:0:0:0:0",
        "::1, 0:0:0:0:0:0:0:1",
        "1::, 1:0:0:0:0:0:0:0",
        "2001:DB8::aB, 2001:db8:0:0:0:0:0:ab",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "::ffff:1.2.3.4, 1.2.3.4",
        "0:0:0:0:0:ffff:102:304, 1.2.3.4",
        "64:ff9b::1.2.3.4, 64:ff9b:0:0:0:0:102:304",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
    })
    void reads_addresses(String text, String written) {
        assertThat(AddressLiteral.parse(text).orElseThrow().getHostAddress()).isEqualTo(written);
    }

    @Test
    void a_zone_does_not_matter() throws UnknownHostException {
        byte[] bytes = AddressLiteral.parse("fe80::1").orElseThrow().getAddress();
        InetAddress zoned = Inet6Address.getByAddress("", bytes, 1);
        assertThat(Cidr.parse("fe80::/10").orElseThrow().contains(zoned)).isTrue();
        assertThat(ProxyPolicy.NONE
                        .resolve(zoned, false, name -> List.of())
                        .client()
                        .getHostAddress())
                .isEqualTo("fe80:0:0:0:0:0:0:1");
    }

    @Test
    void equal_blocks_are_equal_whatever_their_spelling() {
        assertThat(Cidr.parse("10.1.2.3/8"))
                .isEqualTo(Cidr.parse("10.0.0.0/8"))
                .isEqualTo(Cidr.parse("::ffff:10.0.0.0/104"))
                .hasSameHashCodeAs(Cidr.parse("10.0.0.0/8"));
        assertThat(Cidr.parse("10.1.2.3/8").orElseThrow()).hasToString("10.0.0.0/8");
        assertThat(Cidr.parse("10.0.0.0/8")).isNotEqualTo(Cidr.parse("10.0.0.0/9"));
    }

    @Test
    void an_empty_list_contains_nothing() {
        assertThat(CidrList.NONE.contains(AddressLiteral.parse("127.0.0.1").orElseThrow()))
                .isFalse();
        assertThat(CidrList.NONE.isEmpty()).isTrue();
    }

    @Test
    void contains_exactly_the_addresses_with_the_same_leading_bits() throws UnknownHostException {
        long seed = 23L;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            int length = random.nextBoolean() ? 4 : 16;
            byte[] network = new byte[length];
            random.nextBytes(network);
            int prefix = random.nextInt(8 * length + 1);
            byte[] address = network.clone();
            int flipped = random.nextInt(8 * length);
            address[flipped / 8] ^= (byte) (0x80 >> flipped % 8);
            String block = InetAddress.getByAddress(network).getHostAddress() + "/" + prefix;
            Cidr cidr = Cidr.parse(block).orElseThrow();
            assertThat(cidr.contains(InetAddress.getByAddress(network)))
                    .as("seed %d: %s", seed, block)
                    .isTrue();
            assertThat(cidr.contains(InetAddress.getByAddress(address)))
                    .as("seed %d: %s, bit %d", seed, block, flipped)
                    .isEqualTo(flipped >= prefix);
        }
    }

    @Test
    void any_text_is_an_address_or_refused_and_an_address_is_what_it_says() throws UnknownHostException {
        long seed = 29L;
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            String text = RandomText.of(random, "0123456789abcdef:::....", 20);
            AddressLiteral.withPort(text);
            AddressLiteral.node(text);
            Cidr.parse(text);
            InetAddress read = AddressLiteral.parse(text).orElse(null);
            if (read instanceof Inet4Address) {
                assertThat(new BigInteger(1, read.getAddress()).bitLength()).isLessThanOrEqualTo(32);
            }
            if (read != null) {
                // Only what was read as a literal is handed to the JDK's own parser, so nothing is looked up.
                assertThat(InetAddress.getByName(text))
                        .as("seed %d: %s", seed, text)
                        .isEqualTo(read);
            }
        }
    }
}
