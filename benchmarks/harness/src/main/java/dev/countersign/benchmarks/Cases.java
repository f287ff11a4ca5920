package dev.countersign.benchmarks;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All variants. */
final class Cases {
    static final String BARE = "bare";

    private static final int WINDOW = 1000;
    /** Where a password is hashed on each request. */
    private static final int DEAR_WINDOW = 5;

    private static final String GUARDED = "/api/hello";
    /** Open to everybody, in every variant. */
    static final String OPEN = "/api/world";

    private final Credentials credentials;
    private final Map<String, Case> cases = new LinkedHashMap<>();
    private final Map<String, String> seen = new HashMap<>();

    private Cases(Credentials credentials) {
        this.credentials = credentials;
    }

    static Map<String, Case> of(Credentials credentials) throws IOException, GeneralSecurityException {
        Cases cases = new Cases(credentials);
        cases.open();
        cases.apiKeys();
        cases.tokens();
        cases.passwords();
        cases.together();
        cases.besideAttackers();
        cases.springSecurity();
        cases.pac4j();
        cases.peer("shiro-basic", "war-shiro", Map.of(), basic());
        cases.peerTokens("jjwt", List.of("HS256", "RS256", "ES256", "EdDSA"));
        return cases.cases;
    }

    private void open() throws IOException, GeneralSecurityException {
        add(BARE, "war-bare", Map.of(), GUARDED, List.of());
        add("bare-again", "war-bare", Map.of(), GUARDED, List.of());
        add("bare-ignored-token", "war-bare", Map.of(), GUARDED, bearer("RS256"));
        add("bare-open", "war-bare", Map.of(), OPEN, List.of());
        add("floor-mechanism", "war-floor", Map.of("floor", "mechanism"), OPEN, List.of());
        add("countersign-permit-all", "war-countersign", keySettings("keys"), OPEN, List.of());
    }

    private void apiKeys() {
        List<String> key = List.of("X-API-Key", credentials.apiKey());
        add("floor-key", "war-floor", Map.of("floor", "key", "keys", credentials.file("keys")), GUARDED, key);
        add("countersign-key", "war-countersign", keySettings("keys"), GUARDED, key);
        cases.put(
                "countersign-key-million",
                new Case(
                        "countersign-key-million",
                        "war-countersign",
                        keySettings("many-keys"),
                        GUARDED,
                        key,
                        "",
                        200,
                        WINDOW,
                        List.of("-Xms3g", "-Xmx3g", "-XX:+AlwaysPreTouch")));
    }

    private void tokens() throws IOException, GeneralSecurityException {
        for (String algorithm : List.of("HS256", "RS256", "ES256", "EdDSA")) {
            Map<String, String> floor = Map.of("floor", "jwt", "algorithm", algorithm, "key", key(algorithm));
            fresh("floor-jwt-" + algorithm, "war-floor", floor, algorithm);
            fresh("countersign-jwt-" + algorithm, "war-countersign", tokenSettings(algorithm), algorithm);
        }
        Map<String, String> lookup = Map.of("floor", "lookup", "algorithm", "RS256", "key", key("RS256"));
        add("floor-lookup", "war-floor", lookup, GUARDED, bearer("RS256"));
        for (String algorithm : List.of("HS256", "RS256", "ES256")) {
            add(
                    "countersign-jwt-seen-" + algorithm,
                    "war-countersign",
                    tokenSettings(algorithm),
                    GUARDED,
                    bearer(algorithm));
        }
    }

    private void passwords() {
        List<String> basic = List.of("Authorization", Credentials.BASIC);
        add("floor-basic", "war-floor", Map.of("floor", "basic"), GUARDED, basic);
        add("countersign-basic", "war-countersign", userSettings("users"), GUARDED, basic);
        cases.put(
                "countersign-basic-million",
                new Case(
                        "countersign-basic-million",
                        "war-countersign",
                        userSettings("many-users"),
                        GUARDED,
                        basic,
                        "",
                        200,
                        WINDOW,
                        List.of("-Xms3g", "-Xmx3g", "-XX:+AlwaysPreTouch")));
    }

    private void together() throws IOException, GeneralSecurityException {
        Map<String, String> both = new HashMap<>(keySettings("keys"));
        both.putAll(tokenSettings("RS256"));
        both.put("countersign.schemes", "api-key, jwt");
        both.put("countersign.default", "api-key+jwt");
        List<String> headers = new ArrayList<>(bearer("RS256"));
        headers.addAll(List.of("X-API-Key", credentials.apiKey()));
        add("countersign-key+jwt", "war-countersign", both, GUARDED, headers);

        Map<String, String> three = new HashMap<>(both);
        three.putAll(userSettings("users"));
        three.put("countersign.schemes", "api-key, jwt, basic");
        three.put("countersign.default", "basic, jwt, api-key");
        cases.put(
                "countersign-401",
                new Case("countersign-401", "war-countersign", three, GUARDED, List.of(), "", 401, WINDOW, List.of()));
        add("countersign-200-of-three", "war-countersign", three, GUARDED, List.of("X-API-Key", credentials.apiKey()));
    }

    /** One deployment that takes passwords and tokens which are dear to judge, and whose good clients are cheap. */
    private void besideAttackers() throws IOException, GeneralSecurityException {
        Map<String, String> all = new HashMap<>(keySettings("keys"));
        all.putAll(tokenSettings("ES256"));
        all.putAll(userSettings("bcrypt-users"));
        all.put("countersign.schemes", "api-key, jwt, basic");
        all.put("countersign.default", "api-key, jwt, basic");
        add("countersign-mixed-key", "war-countersign", all, GUARDED, apiKey());
        add("countersign-mixed-jwt-seen-ES256", "war-countersign", all, GUARDED, bearer("ES256"));
    }

    private void springSecurity() throws IOException, GeneralSecurityException {
        peer("spring-key", "war-spring", Map.of("scheme", "key", "keys", credentials.file("keys")), apiKey());
        peer("spring-basic", "war-spring", Map.of("scheme", "basic"), basic());
        cases.put(
                "spring-basic-bcrypt",
                new Case(
                        "spring-basic-bcrypt",
                        "war-spring",
                        Map.of("scheme", "basic-bcrypt"),
                        GUARDED,
                        basic(),
                        "",
                        200,
                        DEAR_WINDOW,
                        List.of()));
        peerTokens("spring", List.of("HS256", "RS256", "ES256"));
    }

    private void pac4j() throws IOException, GeneralSecurityException {
        peer("pac4j-key", "war-pac4j", Map.of("scheme", "key", "keys", credentials.file("keys")), apiKey());
        peer("pac4j-basic", "war-pac4j", Map.of("scheme", "basic"), basic());
        peerTokens("pac4j", List.of("HS256", "RS256", "ES256"));
    }

    /** None of them remembers a token; the one that they have seen is for the runs end to end. */
    private void peerTokens(String name, List<String> algorithms) throws IOException, GeneralSecurityException {
        for (String algorithm : algorithms) {
            Map<String, String> parameters = Map.of("scheme", "jwt", "algorithm", algorithm, "key", key(algorithm));
            fresh(name + "-jwt-" + algorithm, "war-" + name, parameters, algorithm);
            if (algorithm.equals("RS256")) {
                peer(name + "-jwt-seen-RS256", "war-" + name, parameters, bearer(algorithm));
            }
        }
    }

    private void peer(String name, String war, Map<String, String> parameters, List<String> headers) {
        add(name, war, parameters, GUARDED, headers);
    }

    private List<String> apiKey() {
        return List.of("X-API-Key", credentials.apiKey());
    }

    private static List<String> basic() {
        return List.of("Authorization", Credentials.BASIC);
    }

    private Map<String, String> keySettings(String file) {
        return Map.of(
                "countersign.schemes", "api-key",
                "countersign.scheme.api-key.prefixes", "sk_live_",
                "countersign.scheme.api-key.store", "file:" + credentials.file(file));
    }

    private Map<String, String> userSettings(String file) {
        return Map.of(
                "countersign.schemes", "basic",
                "countersign.scheme.basic.users", "file:" + credentials.file(file),
                "countersign.scheme.basic.verified-cache", "PT1H");
    }

    private Map<String, String> tokenSettings(String algorithm) {
        return Map.of(
                "countersign.schemes", "jwt",
                "countersign.scheme.jwt.issuer", "https://id.example.com/realms/orders",
                "countersign.scheme.jwt.audience", "orders",
                "countersign.scheme.jwt.algorithms", algorithm,
                "countersign.scheme.jwt.keys", "${file:" + key(algorithm) + "}");
    }

    private String key(String algorithm) {
        return credentials.file(algorithm + ".public");
    }

    private List<String> bearer(String algorithm) throws IOException, GeneralSecurityException {
        String token = seen.get(algorithm);
        if (token == null) {
            token = credentials.token(algorithm);
            seen.put(algorithm, token);
        }
        return List.of("Authorization", "Bearer " + token);
    }

    private void add(String name, String war, Map<String, String> parameters, String path, List<String> headers) {
        cases.put(name, new Case(name, war, parameters, path, headers, "", 200, WINDOW, List.of()));
    }

    private void fresh(String name, String war, Map<String, String> parameters, String algorithm) {
        int window = switch (algorithm) {
            case "HS256" -> WINDOW;
            case "RS256" -> 250;
            default -> 40;
        };
        cases.put(name, new Case(name, war, parameters, GUARDED, List.of(), algorithm, 200, window, List.of()));
    }
}
