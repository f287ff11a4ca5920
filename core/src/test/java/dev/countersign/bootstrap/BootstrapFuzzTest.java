package dev.countersign.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.AccessRule;
import dev.countersign.Caller;
import dev.countersign.ConfigurationException;
import dev.countersign.Decision;
import dev.countersign.Exchange;
import dev.countersign.FuzzInput;
import dev.countersign.FuzzLog;
import dev.countersign.TestExchange;
import dev.countersign.settings.ResourceLookup;
import dev.countersign.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class BootstrapFuzzTest {
    private static final String HASH =
            "{pbkdf2-sha256}1000$c2FsdHNhbHRzYWx0c2FsdA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final String DIGEST = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    private static final List<String> PIECES = List.of(
            "countersign.",
            "countersign.schemes=api-key, basic, jwt\n",
            "countersign.scheme.api-key.prefixes=sk_live_\ncountersign.scheme.api-key.store=file:keys\n",
            "countersign.scheme.basic.users=file:users\n",
            "countersign.scheme.jwt.issuer=https://id.example.com\ncountersign.scheme.jwt.audience=orders\n",
            "countersign.scheme.jwt.algorithms=HS256\ncountersign.scheme.jwt.keys=${file:shared}\n",
            "countersign.scheme.",
            "countersign.paths.",
            "countersign.paths.a.pattern=/a/*\ncountersign.paths.a.require=schemes=",
            "countersign.challenge.",
            "countersign.resource-id=https://api.example.com/orders\n",
            "countersign.trusted-proxies=10.0.0.0/8\ncountersign.forwarded=x-forwarded\n",
            "${env:TOKEN}",
            "${file:secret}",
            "${sys:token}",
            "file:secret",
            ".type=",
            ".realm=");

    private static final ResourceLookup.Resource NONE = new Text("");

    @TempDir
    private Path directory;

    private FuzzLog log = new FuzzLog(List.of());

    @BeforeEach
    void quietly() {
        log.close();
        log = new FuzzLog(List.of(FuzzInput.SECRET));
        // Settings name files by any path; that is no finding.
        BugDetectors.setFilePathTraversalAllowPath(path -> true);
    }

    @AfterEach
    void loudly() {
        log.close();
    }

    @FuzzTest
    void settings_give_a_gate_that_refuses_or_a_list_of_problems(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        int place = input.choose(4);
        // Absolute paths are left to the tests of settings: which files a machine has is none of the fuzzer's business.
        String text = FuzzInput.planted(input.unicode(), PIECES)
                .replace(FuzzInput.SECRET, "")
                .replace(":/", ":")
                .replace("..", ".");
        Settings.Builder sources = Settings.builder()
                .systemProperties(place == 1 ? parameters(text) : Map.of("token", FuzzInput.SECRET))
                .environment(
                        place == 2
                                ? Map.of("COUNTERSIGN_SCHEMES", text, "COUNTERSIGN_REALM", text)
                                : Map.of("TOKEN", FuzzInput.SECRET))
                .application(files(place == 0 ? text : "", text))
                .workingDirectory(directory)
                .parameters("given in code", place == 3 ? parameters(text) : Map.of());
        Deployment deployment = FuzzInput.bounded(
                text.length(),
                64 << 20,
                () -> Bootstrap.builder().sources(sources).build());
        try (deployment) {
            deployment.start();
            log.assertTellsNoSecret();
            assertSafe(deployment);
        } catch (ConfigurationException e) {
            assertThat(e.problems())
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem)
                            .isNotBlank()
                            .hasSizeLessThan(4000)
                            .doesNotContain("\n", "\r", FuzzInput.SECRET));
        }
    }

    /** Whoever sends nothing, or nothing good, gets in nowhere but where everybody does. */
    private static void assertSafe(Deployment deployment) {
        List<Exchange> requests = List.of(
                TestExchange.get("/"),
                TestExchange.get("/").header("Authorization", "Bearer x.y.z"),
                TestExchange.get("/").header("Authorization", "Basic YTpi").header("X-API-Key", "sk_live_x"));
        WebSettings web = deployment.web();
        assertThat(web.paths()).allSatisfy(path -> assertThat(path.pattern()).isNotEmpty());
        for (Exchange request : requests) {
            assertThat(deployment.gate().screen(request)).isEmpty();
            assertRefuses(deployment, request, web.authenticated());
            assertRefuses(deployment, request, AccessRule.denyAll());
            web.paths().forEach(path -> assertRefuses(deployment, request, path.rule()));
            web.unmatched().ifPresent(rule -> assertRefuses(deployment, request, rule));
            assertRefuses(deployment, request, web.report());
            assertThat(deployment.gate().decide(request, web.permit())).isIn(new Decision.Admitted(Caller.ANONYMOUS));
        }
    }

    private static void assertRefuses(Deployment deployment, Exchange request, AccessRule rule) {
        Decision decision = deployment.gate().decide(request, rule);
        if (rule.admitsAnonymous() && decision instanceof Decision.Admitted admitted) {
            assertThat(admitted.caller().isAnonymous()).isTrue();
            return;
        }
        String told = decision.match(
                admitted -> "admitted",
                handled -> "handled",
                challenged -> challenged.reason() + " " + challenged.answer(),
                refused -> refused.reason() + " " + refused.answer());
        assertThat(told).doesNotStartWith("admitted").doesNotStartWith("INTERNAL");
    }

    /** Each line a key and a value. */
    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            int equals = line.indexOf('=');
            parameters.put(line.substring(0, Math.max(equals, 0)), line.substring(equals + 1));
        }
        return parameters;
    }

    private static ResourceLookup files(String properties, String text) {
        Map<String, ResourceLookup.Resource> files = Map.of(
                "WEB-INF/countersign.properties", properties.isEmpty() ? NONE : new Text(properties),
                "keys", new Text("key.one.sha256=" + DIGEST),
                "users", new Text("user.ann.password=" + HASH),
                "shared", new Text("text:0123456789abcdef0123456789abcdef"),
                "secret", new Text(FuzzInput.SECRET),
                "text", new Text(text));
        return path -> Optional.ofNullable(files.get(path));
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
