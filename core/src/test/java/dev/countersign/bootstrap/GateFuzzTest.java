package dev.countersign.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Alternative;
import dev.countersign.AccessRule.Mode;
import dev.countersign.AccessRule.ScopeRequirement;
import dev.countersign.Decision;
import dev.countersign.FuzzInput;
import dev.countersign.FuzzLog;
import dev.countersign.Identity;
import dev.countersign.RejectionReason;
import dev.countersign.TestExchange;
import dev.countersign.audit.AuditEvent;
import dev.countersign.http.Ascii;
import dev.countersign.http.ChallengeField;
import dev.countersign.http.FieldValue;
import dev.countersign.jose.JwsAlgorithm;
import dev.countersign.jose.TestKeys;
import dev.countersign.json.StrictJson;
import dev.countersign.scheme.apikey.ApiKeys;
import dev.countersign.settings.ResourceLookup;
import dev.countersign.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The whole gate over requests made of pieces of good and bad credentials. */
class GateFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String SHARED = "0123456789abcdef0123456789abcdef";
    private static final String HEADER = "{\"alg\":\"HS256\"}";
    private static final String PASSWORD = "open sesame";

    private static final ApiKeys.IssuedKey KEY = ApiKeys.withPrefix("sk_live_").issue("one");
    private static final ApiKeys.IssuedKey REVOKED =
            ApiKeys.withPrefix("sk_live_").issue("two");
    private static final ApiKeys.IssuedKey EXPIRED =
            ApiKeys.withPrefix("sk_live_").issue("three");
    private static final String ALICE = basic("alice:" + PASSWORD);
    private static final String BOB = basic("bob:" + PASSWORD);
    private static final String TOKEN = token(SHARED, HEADER, "\"orders\"", 600);
    private static final String[] PARTS = TOKEN.split("\\.", -1);

    /** What must not be told to anybody. */
    private static final List<String> SECRETS = List.of(
            KEY.key(), REVOKED.key(), EXPIRED.key(), ALICE, BOB, PASSWORD, TOKEN, PARTS[2], SHARED, FuzzInput.SECRET);

    private static final List<String> PIECES = List.of(
            KEY.key(),
            REVOKED.key(),
            EXPIRED.key(),
            ALICE,
            BOB,
            TOKEN,
            token(SHARED, HEADER, "\"orders\"", -600),
            token(SHARED, HEADER, "\"stock\"", 600),
            token("another-secret-of-thirty-two-byte", HEADER, "\"orders\"", 600),
            token(SHARED, "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}", "\"orders\"", 600),
            PARTS[0],
            PARTS[1],
            PARTS[2],
            TestKeys.base64("{\"alg\":\"none\"}"),
            KEY.key().substring(0, KEY.key().length() - 1),
            ALICE.substring(0, ALICE.length() - 4),
            "Authorization: Bearer ",
            "Authorization: Basic ",
            "Authorization: ApiKey ",
            "X-API-Key: ",
            "Authorization",
            "access_token=",
            "Forwarded: for=127.0.0.1;proto=https\n",
            FuzzInput.SECRET);

    private static final List<Alternative> ANY = List.of(
            new Alternative(List.of("api-key")), new Alternative(List.of("basic")), new Alternative(List.of("jwt")));
    private static final AccessRule BASIC = required("basic");
    private static final AccessRule JWT = required("jwt");
    private static final AccessRule API_KEY = required("api-key");
    private static final AccessRule BOTH = AccessRule.builder(
                    Mode.REQUIRED,
                    List.of(new Alternative(List.of("api-key", "jwt")), new Alternative(List.of("basic"))))
            .build();
    private static final AccessRule OPTIONAL =
            AccessRule.builder(Mode.OPTIONAL_REJECT, ANY).build();
    private static final AccessRule PERMIT = AccessRule.permitAll(ANY);
    private static final AccessRule READ = AccessRule.builder(Mode.REQUIRED, ANY)
            .scopes(new ScopeRequirement(List.of("read"), false, ""))
            .build();
    private static final AccessRule CLERK =
            AccessRule.builder(Mode.REQUIRED, ANY).anyRole(Set.of("clerk")).build();
    private static final AccessRule WRITE = AccessRule.builder(Mode.REQUIRED, ANY)
            .scopes(new ScopeRequirement(List.of("write"), false, ""))
            .build();
    private static final AccessRule DENY = AccessRule.denyAll();
    private static final List<AccessRule> RULES =
            List.of(BASIC, JWT, API_KEY, BOTH, OPTIONAL, PERMIT, READ, CLERK, WRITE, DENY);
    private static final Set<AccessRule> NEVER = Set.of(WRITE, DENY);

    private final List<AuditEvent> events = new ArrayList<>();
    private FuzzLog log = new FuzzLog(List.of());
    private Deployment headers = deployment(false);
    private Deployment bearers = deployment(true);

    @BeforeEach
    void open() {
        log.close();
        log = new FuzzLog(SECRETS);
        headers.start();
        bearers.start();
    }

    @AfterEach
    void close() {
        headers.close();
        bearers.close();
        log.close();
    }

    @FuzzTest
    void yes_is_said_to_good_credentials_and_to_nothing_else(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        AccessRule rule = RULES.get(input.choose(RULES.size()));
        int set = input.choose(4);
        boolean bearer = (set & 1) == 1;
        boolean cleartext = (set & 2) == 2;
        TestExchange exchange = exchange(FuzzInput.planted(input.latin(), PIECES), cleartext);
        Deployment deployment = bearer ? bearers : headers;

        events.clear();
        Optional<Decision.Refused> screened = deployment.gate().screen(exchange);
        boolean carries = exchange.headers("Authorization").size()
                        + exchange.headers("X-API-Key").size()
                > 0;
        assertThat(screened.isPresent()).isEqualTo(cleartext && carries);
        if (screened.isPresent()) {
            assertThat(screened.get().reason()).isEqualTo(RejectionReason.HTTPS_REQUIRED);
            assertTellsNothing(screened.get().answer(), screened.get().detail());
            return;
        }
        events.clear();
        Decision decision = FuzzInput.bounded(size(exchange), 4 << 20, () -> {
            events.clear();
            return deployment.gate().decide(exchange, rule);
        });
        assertThat(events).filteredOn(AuditEvent.Decision.class::isInstance).hasSize(1);
        if (decision instanceof Decision.Admitted admitted) {
            assertDeserved(admitted.caller().identities(), exchange, rule, bearer);
            assertThat(deployment
                            .gate()
                            .decideAgain(exchange, rule, admitted.caller().identities()))
                    .isEqualTo(admitted);
            assertThat(deployment
                            .gate()
                            .decideAgain(exchange, DENY, admitted.caller().identities()))
                    .isInstanceOf(Decision.Refused.class);
        } else if (decision instanceof Decision.Challenged challenged) {
            assertThat(challenged.answer().status()).isEqualTo(401);
            assertTellsNothing(challenged.answer(), challenged.detail());
        } else if (decision instanceof Decision.Refused refused) {
            assertThat(refused.answer().status()).isIn(400, 403);
            assertThat(refused.reason()).isNotEqualTo(RejectionReason.INTERNAL);
            assertTellsNothing(refused.answer(), refused.detail());
        }
        deservingScheme(exchange, rule, bearer)
                .ifPresent(scheme -> assertThat(decision)
                        .isInstanceOfSatisfying(
                                Decision.Admitted.class,
                                admitted -> assertThat(admitted.caller().identities())
                                        .extracting(Identity::scheme)
                                        .containsExactly(scheme)));
        events.forEach(event -> assertThat(event.toString()).doesNotContain(SECRETS));
        log.assertTellsNoSecret();
    }

    /** The request's query on the first line, then its field lines. */
    private static TestExchange exchange(String text, boolean cleartext) {
        String[] lines = text.split("\n", -1);
        TestExchange exchange = TestExchange.get(lines[0].isEmpty() ? "/" : "/?" + lines[0]);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            String name = lines[i].substring(0, Math.max(colon, 0));
            // What the browser calls itself is told as it is.
            if (FieldValue.isToken(name) && !Ascii.equalsIgnoreCase(name, "User-Agent")) {
                exchange = exchange.header(name, FieldValue.trim(lines[i].substring(colon + 1)));
            }
        }
        return cleartext ? exchange.cleartext() : exchange;
    }

    private static void assertDeserved(
            List<Identity> identities, TestExchange exchange, AccessRule rule, boolean bearer) {
        assertThat(NEVER).doesNotContain(rule);
        assertThat(exchange.headers("Authorization")).hasSizeLessThanOrEqualTo(1);
        assertThat(exchange.secure() || rule.admitsAnonymous()).isTrue();
        assertThat(!rule.equals(PERMIT) && carriesCredential(exchange.rawQuery()))
                .isFalse();
        List<String> schemes = identities.stream().map(Identity::scheme).toList();
        if (identities.isEmpty()) {
            assertThat(rule.equals(OPTIONAL) || rule.equals(PERMIT)).isTrue();
            assertThat(rule.equals(OPTIONAL) && sendsAnything(exchange)).isFalse();
            return;
        }
        assertThat(rule.alternatives()).extracting(Alternative::parts).contains(schemes);
        for (Identity identity : identities) {
            switch (identity.scheme()) {
                case "basic" -> {
                    assertThat(identity.subject()).isEqualTo("alice");
                    assertThat(inAuthorization(exchange, "Basic", ALICE)).isTrue();
                }
                case "jwt" -> {
                    assertThat(identity.subject()).isEqualTo("carol");
                    assertThat(inAuthorization(exchange, "Bearer", TOKEN)).isTrue();
                }
                default -> {
                    assertThat(identity.subject()).isEqualTo("acme");
                    assertThat(exchange.headers("X-API-Key").equals(List.of(KEY.key()))
                                    || inAuthorization(exchange, "ApiKey", KEY.key())
                                    || (bearer && inAuthorization(exchange, "Bearer", KEY.key())))
                            .isTrue();
                }
            }
        }
    }

    /** Whether the query, without any escape, has a key as a value or a token's parameter (SPEC R8). */
    private static boolean carriesCredential(@Nullable String query) {
        return query != null
                && List.of(query.split("[&;]", -1)).stream()
                        .anyMatch(parameter -> parameter.startsWith("access_token=")
                                || parameter
                                        .substring(parameter.indexOf('=') + 1)
                                        .startsWith(KEY.key()));
    }

    /** The scheme that must admit: there is one credential, it is good, and the rule takes it. */
    private static Optional<String> deservingScheme(TestExchange exchange, AccessRule rule, boolean bearer) {
        boolean one = exchange.headers("Authorization").size()
                        + exchange.headers("X-API-Key").size()
                == 1;
        if (!one || exchange.rawQuery() != null || NEVER.contains(rule)) {
            return Optional.empty();
        }
        String scheme = "";
        if (inAuthorization(exchange, "Basic", ALICE)) {
            scheme = "basic";
        } else if (inAuthorization(exchange, "Bearer", TOKEN)) {
            scheme = "jwt";
        } else if (exchange.headers("X-API-Key").equals(List.of(KEY.key()))
                || inAuthorization(exchange, "ApiKey", KEY.key())
                || (bearer && inAuthorization(exchange, "Bearer", KEY.key()))) {
            scheme = "api-key";
        }
        List<String> alone = List.of(scheme);
        return rule.alternatives().stream().map(Alternative::parts).anyMatch(alone::equals)
                ? Optional.of(scheme)
                : Optional.empty();
    }

    private static boolean inAuthorization(TestExchange exchange, String scheme, String credentials) {
        return exchange.headers("Authorization").stream()
                .anyMatch(value -> isOf(scheme, value)
                        && value.substring(scheme.length()).stripLeading().equals(credentials)
                        && value.length() > scheme.length() + credentials.length()
                        && value.substring(scheme.length(), value.length() - credentials.length())
                                .chars()
                                .allMatch(c -> c == ' '));
    }

    /** Whether a field is there that one of the schemes reads. */
    private static boolean sendsAnything(TestExchange exchange) {
        return !exchange.headers("X-API-Key").isEmpty()
                || exchange.headers("Authorization").stream()
                        .anyMatch(value ->
                                List.of("Basic", "ApiKey", "Bearer").stream().anyMatch(scheme -> isOf(scheme, value)));
    }

    private static boolean isOf(String scheme, String value) {
        return value.length() >= scheme.length()
                && Ascii.equalsIgnoreCase(value.substring(0, scheme.length()), scheme)
                && (value.length() == scheme.length()
                        || !FieldValue.isToken(value.substring(scheme.length(), scheme.length() + 1)));
    }

    private static void assertTellsNothing(Decision.Answer answer, String detail) {
        assertThat(detail)
                .matches(word ->
                        word.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'));
        assertThat(answer.toString()).doesNotContain(SECRETS);
        for (String challenge : answer.challenges()) {
            assertThat(ChallengeField.parse(List.of(challenge)).orElseThrow()).hasSize(1);
        }
        if (!answer.body().isEmpty()) {
            assertThat(StrictJson.parseObject(answer.body(), 4)).containsEntry("status", (long) answer.status());
        }
    }

    private static int size(TestExchange exchange) {
        return exchange.fields().stream()
                .mapToInt(field -> field.name().length() + field.value().length())
                .sum();
    }

    private Deployment deployment(boolean bearer) {
        Map<String, ResourceLookup.Resource> files = Map.of(
                "keys",
                new Text(String.join(
                        "\n",
                        entry(KEY, "owner=acme", "scopes=read", "roles=clerk"),
                        entry(REVOKED, "owner=acme", "status=revoked"),
                        entry(EXPIRED, "owner=acme", "expires=2026-11-22T09:59:59Z"))),
                "users",
                new Text("user.alice.password=" + hash() + "\nuser.alice.scopes=read\nuser.alice.roles=clerk\n"
                        + "user.bob.password=" + hash() + "\nuser.bob.status=disabled\n"));
        return Bootstrap.builder()
                .clock(InstantSource.fixed(NOW))
                .auditSink(events::add)
                .sources(Settings.builder()
                        .systemProperties(Map.of())
                        .environment(Map.of())
                        .application(path -> Optional.ofNullable(files.get(path)))
                        .parameters(
                                "given in code",
                                Map.ofEntries(
                                        Map.entry("countersign.schemes", "api-key, basic, jwt"),
                                        Map.entry("countersign.scheme.api-key.prefixes", "sk_live_"),
                                        Map.entry("countersign.scheme.api-key.store", "file:keys"),
                                        Map.entry("countersign.scheme.api-key.bearer", String.valueOf(bearer)),
                                        Map.entry("countersign.scheme.basic.users", "file:users"),
                                        Map.entry("countersign.scheme.jwt.issuer", "https://id.example.com"),
                                        Map.entry("countersign.scheme.jwt.audience", "orders"),
                                        Map.entry("countersign.scheme.jwt.algorithms", "HS256"),
                                        Map.entry("countersign.scheme.jwt.roles-claim", "roles"),
                                        Map.entry("countersign.scheme.jwt.keys", "text:" + SHARED))))
                .build();
    }

    private static AccessRule required(String scheme) {
        return AccessRule.builder(Mode.REQUIRED, List.of(new Alternative(List.of(scheme))))
                .build();
    }

    private static String entry(ApiKeys.IssuedKey key, String... attributes) {
        String start = "key." + key.record().id() + ".";
        StringBuilder text =
                new StringBuilder(start + "sha256=" + key.record().digest().hex());
        for (String attribute : attributes) {
            text.append('\n').append(start).append(attribute);
        }
        return text.toString();
    }

    private static String basic(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String token(String secret, String header, String audience, int seconds) {
        String claims = "{\"iss\":\"https://id.example.com\",\"aud\":" + audience + ",\"sub\":\"carol\",\"exp\":"
                + NOW.plusSeconds(seconds).getEpochSecond() + ",\"scope\":\"read\",\"roles\":[\"clerk\"]}";
        return TestKeys.mac(JwsAlgorithm.HS256, secret.getBytes(StandardCharsets.US_ASCII), header, claims);
    }

    /** The cheapest hash that is taken, made by the JDK alone. */
    private static String hash() {
        byte[] salt = "saltsaltsaltsalt".getBytes(StandardCharsets.US_ASCII);
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(PASSWORD.toCharArray(), salt, 1000, 256))
                    .getEncoded();
            Base64.Encoder base64 = Base64.getEncoder();
            return "{pbkdf2-sha256}1000$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private record Text(String text) implements ResourceLookup.Resource {
        @Override
        public Optional<Object> version() {
            return Optional.of(text);
        }

        @Override
        public long lastModified() {
            return 0;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
