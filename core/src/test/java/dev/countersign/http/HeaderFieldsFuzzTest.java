package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.FuzzInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class HeaderFieldsFuzzTest {
    @FuzzTest
    void a_field_is_read_in_one_way_or_not_at_all(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        switch (input.choose(5)) {
            case 0 -> authorization(input.latin());
            case 1 -> challenges(input.lines(80));
            case 2 -> challenge(input.line(), input.lines(80));
            case 3 -> quoted(input.latin());
            default -> list(input.choose(2) == 1, input.lines(80));
        }
    }

    private static void authorization(String text) {
        Optional<AuthorizationField> parsed = FuzzInput.bounded(text.length(), () -> AuthorizationField.parse(text));
        String trimmed = FieldValue.trim(text);
        if (parsed.isEmpty()) {
            assertThat(trimmed.isEmpty() || FieldValue.tokenEnd(trimmed, 0) == 0)
                    .isTrue();
            return;
        }
        AuthorizationField field = parsed.get();
        assertThat(FieldValue.isToken(field.scheme())).isTrue();
        assertThat(trimmed).startsWith(field.scheme()).endsWith(field.credentials());
        String between = trimmed.substring(
                field.scheme().length(), trimmed.length() - field.credentials().length());
        assertThat(between).matches(spaces -> spaces.chars().allMatch(c -> c == ' '));
        if (field.delimited() && !field.credentials().isEmpty()) {
            assertThat(between).isNotEmpty();
            assertThat(field.credentials()).doesNotStartWith(" ").doesNotStartWith("\t");
        }
        if (field.isToken68()) {
            assertThat(field.credentials())
                    .matches(token ->
                            token.chars().allMatch(c -> c > ' ' && c < 0x7F && ",\"()<>@:\\?[]{};".indexOf(c) < 0));
        }
        assertThat(field.toString()).isEqualTo("AuthorizationField[****]");
    }

    private static void challenges(List<String> lines) {
        int size = lines.stream().mapToInt(String::length).sum();
        Optional<List<ChallengeField>> parsed = FuzzInput.bounded(size, () -> ChallengeField.parse(lines));
        for (ChallengeField challenge : parsed.orElse(List.of())) {
            if (challenge.token68().isPresent()) {
                assertThat(challenge.parameters()).isEmpty();
                assertThat(ChallengeField.parse(List.of(
                                challenge.scheme() + " " + challenge.token68().get())))
                        .contains(List.of(challenge));
                continue;
            }
            ChallengeText text = ChallengeText.of(challenge.scheme());
            List<ChallengeField.Parameter> sent = new ArrayList<>();
            for (ChallengeField.Parameter parameter : challenge.parameters()) {
                text.with(parameter.name(), parameter.value());
                sent.add(new ChallengeField.Parameter(parameter.name(), leaves(parameter.name(), parameter.value())));
            }
            assertThat(ChallengeField.parse(List.of(text.toString())))
                    .contains(List.of(new ChallengeField(challenge.scheme(), Optional.empty(), sent)));
        }
    }

    private static void challenge(String scheme, List<String> words) {
        ChallengeText text;
        try {
            text = ChallengeText.of(scheme);
        } catch (IllegalArgumentException e) {
            assertThat(FieldValue.isToken(scheme)).isFalse();
            return;
        }
        List<ChallengeField.Parameter> sent = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i + 1 < words.size(); i += 2) {
            String name = words.get(i);
            String value = words.get(i + 1);
            if (FieldValue.isToken(name) && names.add(Ascii.lowerCase(name))) {
                text.with(name, value);
                sent.add(new ChallengeField.Parameter(name, leaves(name, value)));
            } else {
                ChallengeText same = text;
                assertThat(catchThrowable(() -> same.with(name, value))).isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(text.toString()).matches(line -> line.chars().allMatch(c -> c >= ' ' && c <= '~'));
        assertThat(ChallengeField.parse(List.of(text.toString())))
                .contains(List.of(new ChallengeField(scheme, Optional.empty(), sent)));
    }

    /** What a value becomes on its way out: RFC 6750 section 3 for the parameters that it restricts. */
    private static String leaves(String name, String value) {
        String lower = Ascii.lowerCase(name);
        boolean restricted =
                List.of("scope", "error", "error_description", "error_uri").contains(lower);
        StringBuilder leaves = new StringBuilder();
        value.codePoints()
                .forEach(c -> leaves.append(
                        c < ' ' || c > '~' || (restricted && (c == '"' || c == '\\')) ? "?" : Character.toString(c)));
        return leaves.toString();
    }

    private static void quoted(String text) {
        for (int start = 0; start < Math.min(text.length(), 64); start++) {
            int from = start;
            QuotedString read = FuzzInput.bounded(
                            text.length(), () -> Optional.ofNullable(QuotedString.read(text, from)))
                    .orElse(null);
            if (read != null) {
                assertThat(text.charAt(start)).isEqualTo('"');
                assertThat(text.charAt(read.end() - 1)).isEqualTo('"');
                String again = "\"" + read.value().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
                assertThat(QuotedString.read(again, 0)).isEqualTo(new QuotedString(read.value(), again.length()));
            }
        }
    }

    private static void list(boolean quoted, List<String> lines) {
        int size = lines.stream().mapToInt(line -> line.length() + 1).sum();
        List<String> elements = FuzzInput.bounded(size, () -> ListElements.fromRight(lines, quoted, 8));
        assertThat(elements).hasSizeLessThanOrEqualTo(8).doesNotContain("");
        if (!quoted) {
            List<String> all = new ArrayList<>(
                    lines.isEmpty()
                            ? List.of()
                            : Arrays.asList(String.join(",", lines).split(",", -1)));
            Collections.reverse(all);
            assertThat(elements)
                    .isEqualTo(all.stream()
                            .limit(8)
                            .map(FieldValue::trim)
                            .filter(element -> !element.isEmpty())
                            .toList());
        }
        // Whatever a client wrote, what its proxy adds at the right is the first thing read.
        String last = "for=\"[2001:db8::1]:4711\";by=\"a,b\"";
        List<String> added = new ArrayList<>(lines);
        if (added.isEmpty()) {
            added.add(last);
        } else {
            added.set(added.size() - 1, added.get(added.size() - 1) + ", " + last);
        }
        assertThat(ListElements.fromRight(added, true, 8)).startsWith(last);
    }
}
