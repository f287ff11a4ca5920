package dev.countersign.it.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One {@code WWW-Authenticate} line, read strictly (RFC 9110 section 11.6.1): a scheme and parameters, each of them once and
 * each a quoted-string. Anything else is an error of the line.
 *
 * @param parameters by name, without quotes and escapes
 */
record Challenges(String scheme, Map<String, String> parameters) {
    private static final String TOKEN = "!#$%&'*+-.^_`|~";

    static Challenges parse(String line) {
        Reader reader = new Reader(line);
        String scheme = reader.token();
        Map<String, String> parameters = new LinkedHashMap<>();
        reader.expect(' ');
        do {
            String name = reader.token();
            reader.expect('=');
            assertThat(parameters.put(name, reader.quoted()))
                    .as("%s twice in %s", name, line)
                    .isNull();
        } while (reader.comma());
        return new Challenges(scheme, parameters);
    }

    private static final class Reader {
        private final String line;
        private int position;

        Reader(String line) {
            this.line = line;
        }

        String token() {
            int start = position;
            while (position < line.length() && isToken(line.charAt(position))) {
                position++;
            }
            assertThat(position).as("a token at %s of %s", start, line).isGreaterThan(start);
            return line.substring(start, position);
        }

        String quoted() {
            expect('"');
            StringBuilder text = new StringBuilder();
            while (line.charAt(position) != '"') {
                if (line.charAt(position) == '\\') {
                    position++;
                }
                char c = line.charAt(position++);
                assertThat(c).as("in %s", line).isBetween(' ', '~');
                text.append(c);
            }
            position++;
            return text.toString();
        }

        boolean comma() {
            if (position == line.length()) {
                return false;
            }
            expect(',');
            expect(' ');
            return true;
        }

        void expect(char expected) {
            assertThat(line.charAt(position++))
                    .as("at %s of %s", position, line)
                    .isEqualTo(expected);
        }

        private static boolean isToken(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || TOKEN.indexOf(c) >= 0;
        }
    }
}
