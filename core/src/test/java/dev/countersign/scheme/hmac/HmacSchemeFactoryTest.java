package dev.countersign.scheme.hmac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.AuthenticationScheme;
import dev.countersign.Claim;
import dev.countersign.ConfigurationException;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.JsonVectors;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import dev.countersign.scheme.SchemeFactory;
import dev.countersign.settings.Settings;
import dev.countersign.signature.Component;
import dev.countersign.signature.RequestParts;
import dev.countersign.signature.SignatureAlgorithm;
import dev.countersign.signature.SignatureBase;
import dev.countersign.signature.SignatureInput;
import dev.countersign.signature.SignatureParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HmacSchemeFactoryTest {
    private static final String OTHER = "another secret, which is also 32 bytes or more";

    @TempDir
    private Path folder;

    private final Map<String, String> keys = new HashMap<>();
    private final Signing signing = new Signing();

    HmacSchemeFactoryTest() {
        key("profile", "generic");
        key("secrets.acme-1", "text:" + Signing.SECRET);
    }

    private void key(String name, String value) {
        keys.put("countersign.scheme.partners." + name, value);
    }

    private Optional<AuthenticationScheme> create(Settings settings) {
        return new HmacSchemeFactory()
                .create("partners", settings.root().section("scheme.partners"), signing.context());
    }

    private AuthenticationScheme create() {
        try (Settings settings = Settings.of(keys)) {
            AuthenticationScheme scheme = create(settings).orElseThrow();
            settings.finish();
            return scheme;
        }
    }

    private List<String> problems() {
        try (Settings settings = Settings.of(keys)) {
            assertThat(create(settings)).isEmpty();
            return catchThrowableOfType(ConfigurationException.class, settings::finish)
                    .problems();
        }
    }

    private static Verification verify(AuthenticationScheme scheme, TestExchange exchange) {
        return scheme.verify(((Claim.Presented) scheme.claim(exchange)).credential(), exchange);
    }

    private Identity identity(AuthenticationScheme scheme) {
        return ((Verification.Verified) verify(scheme, signing.signed(TestExchange.get("/")))).identity();
    }

    private boolean accepts(AuthenticationScheme scheme, String keyId, String secret) {
        TestExchange request = TestExchange.get("/");
        long second = Signing.NOW.getEpochSecond();
        TestExchange signed = request.header("X-Key-Id", keyId)
                .header("X-Timestamp", Long.toString(second))
                .header(
                        "X-Signature",
                        Signing.signature(request, "api.example.com", new byte[0], keyId, "", second, secret));
        return verify(scheme, signed) instanceof Verification.Verified;
    }

    @Test
    void is_found_by_the_service_loader() {
        assertThat(ServiceLoader.load(SchemeFactory.class))
                .anyMatch(factory -> factory.type().equals("hmac"));
    }

    @Test
    void makes_a_scheme_of_a_profile_and_a_secret() {
        AuthenticationScheme scheme = create();
        assertThat(scheme.name()).isEqualTo("partners");
        assertThat(scheme.challengeTemplate().realm()).isEqualTo("orders");
        Identity identity = identity(scheme);
        assertThat(identity.scheme()).isEqualTo("partners");
        assertThat(identity.subject()).isEqualTo("acme-1");
        assertThat(identity.kind()).isEqualTo(IdentityKind.CLIENT);
        assertThat(identity.scopes()).isEmpty();
        assertThat(identity.roles()).isEmpty();
        assertThat(scheme.toString()).contains("PT5M", "REFUSE").doesNotContain(Signing.SECRET);
    }

    @Test
    void reads_every_key() {
        key("realm", "partners");
        key("window", "PT30S");
        key("replay", "off");
        key("debug-canonical", "true");
        key("secrets.acme-1.owner", "acme");
        key("secrets.acme-1.scopes", "orders:read orders:write");
        key("secrets.acme-1.roles", "clerk, auditor");
        AuthenticationScheme scheme = create();
        assertThat(scheme.challengeTemplate().realm()).isEqualTo("partners");
        Identity identity = identity(scheme);
        assertThat(identity.subject()).isEqualTo("acme");
        assertThat(identity.claims()).containsEntry("key_id", "acme-1");
        assertThat(identity.scopes())
                .hasValueSatisfying(
                        scopes -> assertThat(scopes).containsExactlyInAnyOrder("orders:read", "orders:write"));
        assertThat(identity.roles())
                .hasValueSatisfying(roles -> assertThat(roles).containsExactlyInAnyOrder("clerk", "auditor"));
        TestExchange once = signing.signed(TestExchange.get("/"));
        assertThat(verify(scheme, once)).isInstanceOf(Verification.Verified.class);
        assertThat(verify(scheme, once)).isInstanceOf(Verification.Verified.class);
        signing.pass(Duration.ofSeconds(31));
        assertThat(verify(scheme, once)).isInstanceOf(Verification.Rejected.class);
    }

    @Test
    void a_line_with_nothing_in_it_grants_nothing() {
        key("secrets.acme-1.scopes", "");
        key("secrets.acme-1.roles", " ");
        Identity identity = identity(create());
        assertThat(identity.scopes())
                .hasValueSatisfying(scopes -> assertThat(scopes).isEmpty());
        assertThat(identity.roles())
                .hasValueSatisfying(roles -> assertThat(roles).isEmpty());
    }

    @Test
    void several_keys_of_one_owner_are_good_at_once_and_each_for_itself_alone() {
        key("secrets.acme-1.owner", "acme");
        key("secrets.ACME_2", "text:" + OTHER);
        key("secrets.ACME_2.owner", "acme");
        AuthenticationScheme scheme = create();
        assertThat(accepts(scheme, "acme-1", Signing.SECRET)).isTrue();
        assertThat(accepts(scheme, "ACME_2", OTHER)).isTrue();
        assertThat(accepts(scheme, "acme-1", OTHER)).isFalse();
        assertThat(accepts(scheme, "acme_2", OTHER)).isFalse();
    }

    @Test
    void a_changed_file_is_the_secret_from_then_on() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "text:" + Signing.SECRET + "\n");
        key("secrets.acme-1", "${file:" + file + "}");
        key("replay", "off");
        try (Settings settings = Settings.of(keys)) {
            AuthenticationScheme scheme = create(settings).orElseThrow();
            settings.finish();
            assertThat(accepts(scheme, "acme-1", Signing.SECRET)).isTrue();
            Files.writeString(file, "text:" + OTHER);
            settings.reloadNow();
            assertThat(accepts(scheme, "acme-1", Signing.SECRET)).isFalse();
            assertThat(accepts(scheme, "acme-1", OTHER)).isTrue();
            Files.writeString(file, "text:short");
            settings.reloadNow();
            assertThat(accepts(scheme, "acme-1", OTHER)).isTrue();
        }
    }

    @Test
    void names_every_problem_at_once() {
        key("profile", "generik");
        key("window", "PT2H");
        key("replay", "twice");
        key("debug-canonical", "yes");
        key("secrets.acme-1", "text:too short");
        key("secrets.acme-1.scopes", "a\"b");
        key("secrets.acme-1.roles", "a,,b");
        key("secrets.nobody.owner", "nobody");
        key("secrets.a b", "text:" + OTHER);
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "countersign.scheme.partners.profile: generik (expected: generic, sigv4 or rfc9421)",
                        "countersign.scheme.partners.window: PT2H (expected: at most PT1H)",
                        "countersign.scheme.partners.replay: twice (expected: one of refuse, off, unsafe-methods)",
                        "countersign.scheme.partners.debug-canonical: yes (expected: true or false)",
                        "countersign.scheme.partners.secrets.acme-1: a secret that is too short (expected: at least 32"
                                + " bytes for HMAC-SHA256, RFC 7518 section 3.2)",
                        "countersign.scheme.partners.secrets.acme-1.scopes: not scopes (expected: RFC 6749 section"
                                + " 3.3, separated by a space)",
                        "countersign.scheme.partners.secrets.acme-1.roles: an empty item (expected: a comma-separated"
                                + " list)",
                        "countersign.scheme.partners.secrets.nobody: not set (expected: a secret of at least 32 random"
                                + " bytes, such as ${env:ACME_SECRET})",
                        "countersign.scheme.partners.secrets.a b: bad name (expected: a key id of 1 to 128 letters,"
                                + " digits, dashes and underscores)");
    }

    @Test
    void needs_a_profile_and_a_secret() {
        keys.clear();
        assertThat(problems())
                .containsExactly(
                        "countersign.scheme.partners.profile: not set (expected: generic, sigv4 or rfc9421)",
                        "countersign.scheme.partners.secrets.<key-id>: not set (expected: a secret of at least 32"
                                + " random bytes, such as ${env:ACME_SECRET})");
    }

    @ParameterizedTest
    @CsvSource({
        "generic,region,sigv4",
        "generic,service,sigv4",
        "generic,presigned,sigv4",
        "generic,unsigned-payload,sigv4",
        "generic,aws-errors,sigv4",
        "generic,components,rfc9421",
        "generic,tag,rfc9421",
        "generic,keys,rfc9421",
        "rfc9421,region,sigv4",
        "rfc9421,aws-errors,sigv4"
    })
    void a_key_of_another_profile_is_a_problem(String profile, String name, String owner) {
        key("profile", profile);
        key(name, "true");
        try (Settings settings = Settings.of(keys)) {
            create(settings);
            assertThat(catchThrowableOfType(ConfigurationException.class, settings::finish)
                            .problems())
                    .containsExactly("countersign.scheme.partners." + name + ": only for profile " + owner
                            + " (expected: leave it out)");
        }
    }

    private void sigv4() {
        keys.clear();
        key("profile", "sigv4");
        key("region", SigV4Fixture.REGION);
        key("service", SigV4Fixture.SERVICE);
        key("secrets." + SigV4Fixture.KEY_ID, "text:" + SigV4Fixture.SECRET);
        signing.pass(Duration.between(Signing.NOW, SigV4Fixture.NOW));
    }

    private static TestExchange awsSigned() {
        return SigV4Fixture.signed(SigV4Fixture.SIGNER, SigV4Fixture.request("GET", "/"), new byte[0]);
    }

    @Test
    void makes_a_scheme_of_the_profile_of_AWS_which_lets_a_signature_come_again() {
        sigv4();
        AuthenticationScheme scheme = create();
        assertThat(verify(scheme, awsSigned())).isInstanceOfSatisfying(Verification.Verified.class, verified -> {
            assertThat(verified.identity().subject()).isEqualTo(SigV4Fixture.KEY_ID);
            assertThat(verified.identity().scheme()).isEqualTo("partners");
        });
        assertThat(verify(scheme, awsSigned())).isInstanceOf(Verification.Verified.class);
        assertThat(scheme.carriers()).containsExactly("authorization");
        assertThat(scheme.toString()).contains("presigned=false", "unsignedPayload=false", "awsErrors=false");
    }

    @Test
    void reads_every_key_of_the_profile_of_AWS() {
        sigv4();
        key("realm", "partners");
        key("window", "PT30S");
        key("replay", "refuse");
        key("presigned", "true");
        key("unsigned-payload", "true");
        key("aws-errors", "true");
        key("debug-canonical", "true");
        AuthenticationScheme scheme = create();
        assertThat(scheme.toString())
                .contains(
                        "partners",
                        SigV4Fixture.REGION,
                        SigV4Fixture.SERVICE,
                        "PT30S",
                        "REFUSE",
                        "presigned=true",
                        "unsignedPayload=true",
                        "awsErrors=true",
                        "debugCanonical=true");
        assertThat(verify(scheme, awsSigned())).isInstanceOf(Verification.Verified.class);
        assertThat(verify(scheme, awsSigned())).isInstanceOf(Verification.Rejected.class);
        key("region", "eu-west-1");
        assertThat(verify(create(), awsSigned())).isInstanceOf(Verification.Rejected.class);
    }

    @Test
    void the_profile_of_AWS_needs_a_region_and_a_service_and_a_secret() {
        keys.clear();
        key("profile", "sigv4");
        key("presigned", "maybe");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "countersign.scheme.partners.region: not set (expected: the region that clients sign for, such"
                                + " as us-east-1)",
                        "countersign.scheme.partners.service: not set (expected: the service that clients sign for,"
                                + " such as execute-api)",
                        "countersign.scheme.partners.presigned: maybe (expected: true or false)",
                        "countersign.scheme.partners.secrets.<key-id>: not set (expected: a secret of at least 32"
                                + " random bytes, such as ${env:ACME_SECRET})");
        sigv4();
        key("region", "us/east");
        key("service", "s 3");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "countersign.scheme.partners.region: us/east (expected: letters, digits and dashes)",
                        "countersign.scheme.partners.service: s 3 (expected: letters, digits and dashes)");
    }

    private void rfc9421() {
        keys.clear();
        key("profile", "rfc9421");
        signing.pass(Duration.between(Signing.NOW, Rfc9421Fixture.NOW));
    }

    private static String secretOfClient() {
        return "base64:" + JsonVectors.text(Rfc9421Fixture.key("s-h1"), "secret_b64");
    }

    private static SignatureParameters by(String keyId, String nonce) {
        return SignatureParameters.of(Rfc9421Fixture.NOW.getEpochSecond(), keyId)
                .withNonce(nonce);
    }

    private static TestExchange messageSigned(SignatureParameters parameters, String... components) {
        return Rfc9421Fixture.signed(TestExchange.get("/"), parameters, components);
    }

    @Test
    void makes_a_scheme_of_the_profile_of_RFC_9421_with_a_secret() {
        rfc9421();
        key("secrets.s-h1", secretOfClient());
        key("secrets.s-h1.owner", "acme");
        AuthenticationScheme scheme = create();
        TestExchange once = messageSigned(by("s-h1", "n"), "@method", "@target-uri");
        assertThat(verify(scheme, once))
                .isInstanceOfSatisfying(
                        Verification.Verified.class,
                        verified -> assertThat(verified.identity().subject()).isEqualTo("acme"));
        assertThat(verify(scheme, once)).isInstanceOf(Verification.Rejected.class);
        assertThat(verify(scheme, messageSigned(by("s-h1", "m"), "@method"))).isInstanceOf(Verification.Rejected.class);
    }

    @Test
    void reads_every_key_of_the_profile_of_RFC_9421() {
        rfc9421();
        key("secrets.s-h1", secretOfClient());
        key("realm", "partners");
        key("window", "PT30S");
        key("replay", "off");
        key("debug-canonical", "true");
        key("components", "@method, x-tenant");
        key("tag", "orders");
        AuthenticationScheme scheme = create();
        assertThat(scheme.challengeTemplate().realm()).isEqualTo("partners");
        TestExchange request = TestExchange.get("/").header("X-Tenant", "t");
        TestExchange good = Rfc9421Fixture.signed(request, by("s-h1", "n").withTag("orders"), "@method", "x-tenant");
        assertThat(verify(scheme, good)).isInstanceOf(Verification.Verified.class);
        assertThat(verify(scheme, good)).isInstanceOf(Verification.Verified.class);
        assertThat(verify(scheme, Rfc9421Fixture.signed(request, by("s-h1", "n"), "@method", "x-tenant")))
                .isInstanceOf(Verification.Rejected.class);
        assertThat(verify(
                        scheme,
                        Rfc9421Fixture.signed(request, by("s-h1", "n").withTag("orders"), "@method", "@target-uri")))
                .isInstanceOf(Verification.Rejected.class);
        signing.pass(Duration.ofSeconds(31));
        assertThat(verify(scheme, good)).isInstanceOf(Verification.Rejected.class);
    }

    private List<String> warnings() {
        try (Settings settings = Settings.of(keys)) {
            assertThat(create(settings)).isPresent();
            return settings.finish();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "content-type|@method, @authority, @path, @query",
                "@method, x-tenant|@authority, @path, @query, content-type",
                "@method, @request-target, content-type|@authority",
                "@method, @authority, @path, \"@query-param\";name=\"a\", content-type|@query"
            })
    void SIG_06_components_that_leave_out_what_steers_a_request_are_told_at_the_start(String set, String leftOut) {
        rfc9421();
        key("secrets.s-h1", secretOfClient());
        key("components", set);
        assertThat(warnings())
                .containsExactly("countersign.scheme.partners.components: requests need not sign " + leftOut
                        + ": an application must not trust what nobody signed");
    }

    @Test
    void components_that_leave_out_nothing_are_told_nothing() {
        rfc9421();
        key("secrets.s-h1", secretOfClient());
        assertThat(warnings()).isEmpty();
        key("components", "@method, @target-uri, content-type, x-tenant");
        assertThat(warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@status",
                "\"@method\";req",
                "\"x-a\";sf",
                "\"x-a\";key=\"A\"",
                "\"client-cert\";key=\"a\"",
                "\"@query-param\";name=\"a b\""
            })
    void SIG_14_a_component_that_no_request_can_cover_is_a_problem(String component) {
        rfc9421();
        key("secrets.s-h1", secretOfClient());
        key("components", "@method, @target-uri, content-type, " + component);
        assertThat(problems())
                .containsExactly("countersign.scheme.partners.components: " + component
                        + " (expected: what a request can cover)");
    }

    @Test
    void SIG_19_components_that_no_signature_can_have_together_are_a_problem() {
        rfc9421();
        key("secrets.s-h1", secretOfClient());
        String members = IntStream.range(0, 9)
                .mapToObj(i -> "\"x-a\";key=\"a" + i + "\"")
                .collect(Collectors.joining(", "));
        for (String components : List.of("@method, @method", members)) {
            key("components", components);
            assertThat(problems())
                    .containsExactly("countersign.scheme.partners.components: too many, or one twice (expected: at most"
                            + " 64, and 8 with ;key or ;sf, each once)");
        }
    }

    @Test
    void the_profile_of_RFC_9421_takes_public_keys_in_place_of_secrets() throws GeneralSecurityException {
        rfc9421();
        Map<String, Object> jwk = JsonVectors.object(Rfc9421Fixture.key("s-ed"), "jwk");
        key(
                "keys",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"s-ed\",\"alg\":\"EdDSA\",\"x\":\""
                        + JsonVectors.text(jwk, "x") + "\"}");
        AuthenticationScheme scheme = create();
        SignatureInput input =
                SignatureInput.of("sig1", List.of(Component.METHOD, Component.TARGET_URI), by("s-ed", "n"));
        TestExchange request = TestExchange.get("/");
        byte[] base = SignatureBase.of(RequestParts.of(request, Optional.empty()), input)
                .orElseThrow()
                .bytes();
        PrivateKey key = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(
                        NamedParameterSpec.ED25519, Base64.getUrlDecoder().decode(JsonVectors.text(jwk, "d"))));
        for (Map.Entry<String, String> field :
                input.fields(SignatureAlgorithm.ED25519.sign(key, base)).entrySet()) {
            request = request.header(field.getKey(), field.getValue());
        }
        assertThat(verify(scheme, request)).isInstanceOf(Verification.Verified.class);
        assertThat(verify(scheme, messageSigned(by("s-h1", "n"), "@method", "@target-uri")))
                .isInstanceOf(Verification.Rejected.class);
    }

    @Test
    void the_profile_of_RFC_9421_needs_a_secret_or_a_public_key_and_components_that_there_are() {
        rfc9421();
        key("components", "@method, @methode, Content-Type");
        key("tag", "two words");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "countersign.scheme.partners.components: @methode (expected: fields in lower case, and derived"
                                + " components such as @method)",
                        "countersign.scheme.partners.components: Content-Type (expected: fields in lower case, and"
                                + " derived components such as @method)",
                        "countersign.scheme.partners.tag: not a tag (expected: visible ASCII characters)",
                        "countersign.scheme.partners.secrets.<key-id>: not set (expected: a secret, or keys: public"
                                + " keys of clients)");
        keys.clear();
        key("profile", "rfc9421");
        key("keys", "text:a secret in the place of a public key");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("countersign.scheme.partners.keys: ")
                .doesNotContain("in the place");
    }

    @Test
    void SIG_11_a_public_key_is_no_secret() throws IOException {
        for (String secret : List.of(
                "text:-----BEGIN PUBLIC KEY-----MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA",
                "text:{\"kty\":\"RSA\",\"n\":\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4\"}",
                "text:ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBsomething",
                "base64:MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")) {
            key("secrets.acme-1", secret);
            assertThat(problems())
                    .containsExactly("countersign.scheme.partners.secrets.acme-1: a secret that is a public key, which"
                            + " everybody knows (expected: random bytes)");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hunter2 is no secret of any form|a secret is written base64:",
                "text:hunter2|a secret that is too short",
                "hex:68756e746572|a secret that is too short",
                "base64:hunter2!|a secret is not valid base64",
                "${env:HUNTER2}|${env:HUNTER2} (expected: the environment variable to be set)"
            })
    void SIG_21_a_wrong_secret_is_told_without_showing_it(String value, String expected) {
        key("secrets.acme-1", value);
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("countersign.scheme.partners.secrets.acme-1: " + expected)
                .doesNotContain("hunter2", "68756e");
    }

    @Test
    void a_key_id_has_one_secret() {
        key("secrets.acme-1.1", "text:" + OTHER);
        assertThat(problems())
                .containsExactly("countersign.scheme.partners.secrets.acme-1: several secrets (expected: a key id for"
                        + " each)");
    }

    @Test
    void a_secret_without_a_key_id_and_a_key_id_with_a_dot_are_unknown_keys() {
        key("secrets", "text:" + OTHER);
        key("secrets.acme-1.eu", "text:" + OTHER);
        try (Settings settings = Settings.of(keys)) {
            create(settings);
            assertThat(catchThrowableOfType(ConfigurationException.class, settings::finish)
                            .problems())
                    .hasSize(2)
                    .allSatisfy(problem ->
                            assertThat(problem).contains("unknown key").doesNotContain(OTHER));
        }
    }
}
