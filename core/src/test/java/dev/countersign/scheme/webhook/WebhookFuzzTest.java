package dev.countersign.scheme.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.AuthenticationScheme;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.FuzzInput;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import dev.countersign.signature.SignatureNotation;
import dev.countersign.signature.SignedTemplate;
import dev.countersign.signature.SortedForm;
import dev.countersign.signature.WebhookDelivery;
import dev.countersign.signature.WebhookProfile;
import dev.countersign.signature.WebhookTimeFormat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

class WebhookFuzzTest {
    private static final String SECRET = "text:hG7pQz4WnR2x-0123456789abcdef";
    private static final byte[] CONTENT = WebhookFixture.bytes("Body=Hi+%2B&From=%2B1555");
    private static final WebhookDelivery DELIVERY = new WebhookDelivery(
            "POST", WebhookFixture.BASE_URL + "/orders/hooks?x=1", "msg_1", WebhookFixture.NOW, true, CONTENT);
    private static final List<WebhookProfile> PROFILES = WebhookProfile.OF_SECRETS;
    private static final List<AuthenticationScheme> SCHEMES = PROFILES.stream()
            .map(profile -> WebhookFixture.webhookScheme("provider", profile.provider(), "secrets", SECRET))
            .toList();
    private static final List<TestExchange> GOOD = PROFILES.stream()
            .map(profile -> WebhookFixture.delivered(profile, DELIVERY, SECRET))
            .toList();
    private static final List<SignatureNotation> NOTATIONS = List.of(
            new SignatureNotation.Prefixed("sha256="),
            new SignatureNotation.Pairs("v1", Optional.of("t")),
            new SignatureNotation.Versioned("v1", Optional.of("v1a")));

    @FuzzTest
    void fields_are_read_or_refused_and_nobody_is_let_in_without_a_secret(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        switch (input.choose(5)) {
            case 0 -> request(input);
            case 1 -> notation(NOTATIONS.get(input.choose(NOTATIONS.size())), input.latin());
            case 2 -> template(input.unicode());
            case 3 -> time(input.unicode());
            default -> form(input.bytes());
        }
    }

    /** A delivery whose fields, all or some, are the fuzzer's, with pieces of good ones where it has rare characters. */
    private static void request(FuzzInput input) {
        int chosen = input.choose(PROFILES.size());
        TestExchange good = GOOD.get(chosen);
        List<String> pieces = new ArrayList<>();
        good.fields().forEach(field -> pieces.add(field.value()));
        TestExchange exchange = TestExchange.of("POST", "/orders/hooks?x=1");
        List<String> names = new ArrayList<>(
                good.fields().stream().map(TestExchange.Field::name).toList());
        for (String line : input.lines(8)) {
            int at = line.isEmpty() ? 0 : Math.floorMod(line.charAt(0) - '0', names.size());
            exchange = exchange.header(
                    names.get(at), FuzzInput.planted(line.substring(Math.min(1, line.length())), pieces));
        }
        TestExchange changed = exchange.content(CONTENT);
        AuthenticationScheme scheme = SCHEMES.get(chosen);
        int size = changed.fields().stream()
                .mapToInt(field -> field.value().length())
                .sum();
        Claim claim = FuzzInput.bounded(size, () -> scheme.claim(changed));
        if (claim instanceof Claim.Malformed malformed) {
            assertThat(malformed.detail())
                    .matches(word -> word.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '_'));
            assertThat(malformed.reason().status()).isIn(400, 401);
        }
        Credential credential =
                claim.match(() -> null, Claim.Presented::credential, Claim.Possible::credential, malformed -> null);
        if (credential == null) {
            return;
        }
        assertThat(credential.hint()).hasSizeLessThan(100).matches(WebhookFuzzTest::isPrintable);
        Verification verification = FuzzInput.bounded(size + CONTENT.length, () -> scheme.verify(credential, changed));
        if (verification instanceof Verification.Verified verified) {
            // Let in: with a signature that the owner of the secret made, over the timestamp and the id that were sent.
            WebhookProfile profile = PROFILES.get(chosen);
            assertThat(verified.events()).isNotEmpty();
            assertThat(changed.headers(profile.signatureField())).hasSize(1);
            String signature = good.headers(profile.signatureField()).get(0);
            String made = signature.substring(
                    Math.max(signature.lastIndexOf('=', signature.length() - 2), signature.lastIndexOf(',')) + 1);
            assertThat(changed.headers(profile.signatureField()).get(0).toLowerCase(Locale.ROOT))
                    .contains(made.toLowerCase(Locale.ROOT));
            profile.timestampField()
                    .ifPresent(name -> assertThat(changed.headers(name).get(0).strip())
                            .isEqualTo(good.headers(name).get(0)));
        }
    }

    private static void notation(SignatureNotation notation, String value) {
        SignatureNotation.Reading reading = FuzzInput.bounded(value.length(), () -> notation.read(value));
        if (reading.problem().isPresent()) {
            assertThat(reading.signatures()).isEmpty();
            assertThat(reading.publicSignatures()).isEmpty();
            return;
        }
        assertThat(reading.signatures().size() + reading.publicSignatures().size())
                .isBetween(1, SignatureNotation.MOST_ITEMS);
        boolean writable = !(notation instanceof SignatureNotation.Pairs)
                || reading.timestamp().isPresent();
        if (writable) {
            // Read, written and read again is the same, but for the order of the two kinds.
            String written = notation.format(reading.signatures(), reading.publicSignatures(), reading.timestamp());
            assertThat(notation.read(written)).isEqualTo(reading);
        }
    }

    private static void template(String text) {
        for (WebhookTimeFormat format : WebhookTimeFormat.values()) {
            SignedTemplate template;
            try {
                template = FuzzInput.bounded(text.length(), () -> SignedTemplate.parse(text, format));
            } catch (IllegalArgumentException e) {
                FuzzInput.assertTellsNoSecret(e.getMessage());
                continue;
            }
            StringBuilder again = new StringBuilder();
            for (SignedTemplate.Part part : template.parts()) {
                again.append(
                        part instanceof SignedTemplate.Text literal
                                ? literal.text()
                                : "{" + part.toString().toLowerCase(Locale.ROOT) + "}");
            }
            assertThat(again).hasToString(text);
            assertThat(template.content()).isEqualTo(SignedTemplate.Value.BODY);
        }
    }

    private static void time(String text) {
        for (WebhookTimeFormat format : WebhookTimeFormat.values()) {
            Instant time = format.parse(text);
            if (time != null) {
                assertThat(text).matches(WebhookFuzzTest::isPrintable).hasSizeLessThan(31);
                assertThat(format.parse(format.format(time)))
                        .isEqualTo(format == WebhookTimeFormat.ISO_8601 ? time.truncatedTo(ChronoUnit.SECONDS) : time);
            }
        }
    }

    private static void form(byte[] content) {
        byte[] sorted = FuzzInput.bounded(content.length, () -> SortedForm.of(content));
        if (sorted == null) {
            return;
        }
        assertThat(sorted.length).isLessThanOrEqualTo(content.length);
        // The order of what comes twice, and that it does, changes nothing.
        byte[] twice = Arrays.copyOf(content, 2 * content.length + 1);
        twice[content.length] = '&';
        System.arraycopy(content, 0, twice, content.length + 1, content.length);
        byte[] again = SortedForm.of(twice);
        if (again != null) {
            assertThat(again).isEqualTo(sorted);
        }
    }

    private static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
