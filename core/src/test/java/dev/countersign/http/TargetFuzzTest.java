package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.FuzzInput;
import dev.countersign.http.PathPolicy.Allowance;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

class TargetFuzzTest {
    private static final List<String> NAMES = List.of("access_token", "api key");
    private static final List<String> PREFIXES = List.of("sk_live_", "a%+b", "é");
    private static final QueryCredentials QUERIES = QueryCredentials.of(NAMES, PREFIXES);

    @FuzzTest
    void an_accepted_target_means_the_same_to_everybody(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        if (input.choose(2) == 0) {
            int bits = input.choose(16);
            path(bits, input.latin());
        } else {
            query(input.latin());
        }
    }

    private static void path(int bits, String path) {
        Set<Allowance> allowed = EnumSet.noneOf(Allowance.class);
        int bit = 1;
        for (Allowance allowance : Allowance.values()) {
            if ((bits & bit) != 0) {
                allowed.add(allowance);
            }
            bit *= 2;
        }
        Optional<String> problem = FuzzInput.bounded(
                path.length(), () -> PathPolicy.allowing(allowed).check(path));
        if (problem.isPresent()) {
            assertThat(PathPolicy.STRICT.check(path)).isPresent();
            return;
        }
        for (Allowance allowance : Allowance.values()) {
            Set<Allowance> more = EnumSet.of(allowance);
            more.addAll(allowed);
            assertThat(PathPolicy.allowing(more).check(path)).isEmpty();
        }
        if (path.equals("*")) {
            return;
        }
        assertThat(path).startsWith("/").matches(raw -> raw.chars().allMatch(c -> c > ' ' && c <= '~'));
        String lower = path.toLowerCase(Locale.ROOT);
        assertThat(lower).doesNotContain("\\", "#", "?", "%5c", "%2e", "%3b", "%00");
        assertThat(path.indexOf(';') >= 0 && !allowed.contains(Allowance.MATRIX))
                .isFalse();
        assertThat(lower.contains("%2f") && !allowed.contains(Allowance.ENCODED_SLASH))
                .isFalse();
        String decoded = decodedStrictly(path);
        assertThat(decoded.chars().noneMatch(Character::isISOControl)).isTrue();
        int depth = 0;
        String[] segments = decoded.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            int semicolon = segments[i].indexOf(';');
            String name = semicolon < 0 ? segments[i] : segments[i].substring(0, semicolon);
            boolean last = i == segments.length - 1;
            if (name.isEmpty()) {
                assertThat(last || allowed.contains(Allowance.DOUBLE_SLASH)).isTrue();
            } else if (name.equals(".") || name.equals("..")) {
                assertThat(allowed).contains(Allowance.DOT_SEGMENTS);
                depth -= name.length() - 1;
                assertThat(depth).isNotNegative();
            } else {
                depth++;
            }
        }
    }

    private static String decodedStrictly(String path) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '%') {
                bytes.write(Integer.parseInt(path.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(path.charAt(i));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError(e);
        }
    }

    private static void query(String query) {
        boolean present = FuzzInput.bounded(query.length(), () -> QUERIES.presentIn(query));
        assertThat(present).isEqualTo(!query.isEmpty() && presentByTheBook(query));
    }

    /** The same question, answered by taking the query apart and decoding each piece. */
    private static boolean presentByTheBook(String query) {
        for (String parameter : query.split("[&;]", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = parameter.substring(equals + 1);
            for (String looked : List.of(name, decoded(name))) {
                if (NAMES.stream().anyMatch(known -> Ascii.equalsIgnoreCase(known, looked))) {
                    return true;
                }
            }
            for (String looked : List.of(value, decoded(value))) {
                if (PREFIXES.stream().anyMatch(prefix -> looked.startsWith(utf8(prefix)))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String decoded(String text) {
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (c == '%' && high >= 0 && low >= 0) {
                decoded.append((char) (16 * high + low));
                i += 2;
            } else {
                decoded.append(c == '+' ? ' ' : c);
            }
        }
        return decoded.toString();
    }

    /** The octets of the text, one character each. */
    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
