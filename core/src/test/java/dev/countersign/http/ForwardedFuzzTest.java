package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.FuzzInput;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ForwardedFuzzTest {
    private static final InetAddress PROXY = address("10.0.0.1");
    private static final InetAddress CLIENT = address("203.0.113.7");
    private static final CidrList PROXIES =
            new CidrList(List.of(Cidr.parse("10.0.0.0/8").orElseThrow()));

    @FuzzTest
    void nobody_but_a_trusted_proxy_tells_where_a_request_comes_from(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        switch (input.choose(4)) {
            case 0 -> address(input);
            case 1 -> block(input.latin());
            case 2 -> xForwarded(input.lines(40), input.choose(2) == 0);
            default -> forwarded(input.lines(40));
        }
    }

    private static void address(FuzzInput input) {
        String text = input.latin();
        Optional<InetAddress> parsed = FuzzInput.bounded(text.length(), () -> AddressLiteral.parse(text));
        parsed.ifPresent(address -> {
            // The JDK never looks up what is a literal, and what we read is one.
            assertThat(address).isEqualTo(address(text));
            assertThat(AddressLiteral.parse(address.getHostAddress())).contains(address);
            assertThat(AddressLiteral.withPort(text)).isEqualTo(address);
        });
        InetAddress node = AddressLiteral.node(text);
        if (node != null) {
            assertThat(AddressLiteral.withPort(text)).isEqualTo(node);
        }
    }

    private static void block(String text) {
        Optional<Cidr> parsed = FuzzInput.bounded(text.length(), () -> Cidr.parse(text));
        parsed.ifPresent(block -> {
            assertThat(Cidr.parse(block.toString())).contains(block);
            String shown = block.toString();
            int slash = shown.indexOf('/');
            InetAddress first = address(shown.substring(0, slash));
            assertThat(block.contains(first)).isTrue();
            int slashOfText = text.indexOf('/');
            assertThat(block.contains(address(slashOfText < 0 ? text : text.substring(0, slashOfText))))
                    .isTrue();
            int prefix = Integer.parseInt(shown.substring(slash + 1));
            if (prefix > 0) {
                byte[] outside = first.getAddress();
                outside[(prefix - 1) / 8] ^= (byte) (0x80 >> (prefix - 1) % 8);
                assertThat(block.contains(address(outside))).isFalse();
            }
        });
    }

    private static void xForwarded(List<String> lines, boolean oneLine) {
        ProxyPolicy policy = new ProxyPolicy(PROXIES, ProxyPolicy.Mode.X_FORWARDED);
        check(policy, "X-Forwarded-For", lines);
        List<String> forLines = added(lines, "203.0.113.7", oneLine);
        assertThat(resolve(policy, Map.of("X-Forwarded-For", forLines))).isEqualTo(new Origin(CLIENT, false));
        for (String proto : List.of("https", "http")) {
            List<String> protoLines = added(lines, proto, oneLine);
            assertThat(resolve(policy, Map.of("X-Forwarded-For", forLines, "X-Forwarded-Proto", protoLines)))
                    .isEqualTo(new Origin(CLIENT, proto.equals("https")));
        }
        resolve(policy, Map.of("X-Forwarded-For", lines, "X-Forwarded-Proto", lines));
    }

    private static void forwarded(List<String> lines) {
        ProxyPolicy policy = new ProxyPolicy(PROXIES, ProxyPolicy.Mode.FORWARDED);
        check(policy, "Forwarded", lines);
        for (String line : lines) {
            FuzzInput.bounded(line.length(), () -> Optional.ofNullable(ForwardedElement.parse(line)));
        }
        for (boolean oneLine : new boolean[] {true, false}) {
            for (String proto : List.of("https", "http")) {
                List<String> all = added(lines, "for=\"203.0.113.7:80\";proto=" + proto, oneLine);
                assertThat(resolve(policy, Map.of("Forwarded", all)))
                        .isEqualTo(new Origin(CLIENT, proto.equals("https")));
            }
        }
    }

    /** What a peer says that is no proxy of ours changes nothing; nor does any other field. */
    private static void check(ProxyPolicy policy, String field, List<String> lines) {
        assertThat(policy.resolve(CLIENT, true, name -> lines)).isEqualTo(new Origin(CLIENT, true));
        Origin origin = resolve(policy, Map.of(field, lines));
        if (PROXIES.contains(origin.client()) && field.equals("X-Forwarded-For")) {
            assertThat(origin.secure()).isFalse();
        }
        assertThat(policy.resolve(PROXY, false, name -> name.equals(field) ? List.of() : lines)
                        .client())
                .isEqualTo(PROXY);
    }

    private static Origin resolve(ProxyPolicy policy, Map<String, List<String>> fields) {
        int size = fields.values().stream()
                .flatMap(List::stream)
                .mapToInt(line -> line.length() + 1)
                .sum();
        return FuzzInput.bounded(
                size, () -> policy.resolve(PROXY, false, name -> fields.getOrDefault(name, List.of())));
    }

    private static List<String> added(List<String> lines, String last, boolean oneLine) {
        List<String> added = new ArrayList<>(lines);
        if (oneLine && !added.isEmpty()) {
            added.set(added.size() - 1, added.get(added.size() - 1) + ", " + last);
        } else {
            added.add(last);
        }
        return added;
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
