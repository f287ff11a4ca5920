package dev.countersign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A problem body (RFC 9457), read by a reader that knows only what these bodies have: one object of strings without
 * escapes, whole numbers and lists of them. Anything else is an error of the test.
 */
public final class Problem {
    private static final String URN = "urn:uuid:";

    private final String text;
    private final Map<String, Object> members = new LinkedHashMap<>();
    private int position;

    private Problem(String text) {
        this.text = text;
        expect('{');
        do {
            String name = (String) value();
            expect(':');
            assertThat(members.put(name, value()))
                    .as("%s twice in %s", name, text)
                    .isNull();
        } while (take(','));
        expect('}');
        assertThat(position).isEqualTo(text.length());
    }

    /** The body of an answer, after checking what every problem body has. */
    public static Problem of(RawHttp.RawResponse response) {
        assertThat(response.header("Content-Type")).containsExactly("application/problem+json");
        Problem problem = new Problem(response.text());
        assertThat(problem.member("type")).isEqualTo("about:blank");
        assertThat(problem.member("status")).isEqualTo((long) response.status());
        assertThat(problem.member("title")).asString().isNotEmpty();
        assertThat(problem.instance()).startsWith(URN);
        assertThat(UUID.fromString(problem.instance().substring(URN.length()))).isNotNull();
        assertThat(problem.members).doesNotContainKey("detail");
        return problem;
    }

    /** The value: String, Long, or List of such; null if the member is not there. */
    @Nullable
    public Object member(String name) {
        return members.get(name);
    }

    /** The code, or nothing. */
    public String code() {
        return (String) members.getOrDefault("code", "");
    }

    /** The number of the request as a URN, or nothing. */
    public String instance() {
        return (String) members.getOrDefault("instance", "");
    }

    /** The body without the only value that differs between equal answers. */
    public String withoutInstance() {
        return text.replace(instance(), "");
    }

    private Object value() {
        if (take('[')) {
            List<Object> list = new ArrayList<>();
            while (!take(']')) {
                list.add(value());
                take(',');
            }
            return list;
        }
        if (take('"')) {
            int end = text.indexOf('"', position);
            String string = text.substring(position, end);
            assertThat(string).doesNotContain("\\");
            position = end + 1;
            return string;
        }
        int start = position;
        while (Character.isDigit(text.charAt(position))) {
            position++;
        }
        return Long.valueOf(text.substring(start, position));
    }

    private boolean take(char expected) {
        if (text.charAt(position) == expected) {
            position++;
            return true;
        }
        return false;
    }

    private void expect(char expected) {
        assertThat(take(expected))
                .as("%s at %s of %s", expected, position, text)
                .isTrue();
    }

    @Override
    public String toString() {
        return text;
    }
}
