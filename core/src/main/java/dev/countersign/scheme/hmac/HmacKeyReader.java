package dev.countersign.scheme.hmac;

import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.Scope;
import dev.countersign.jose.PemReader;
import dev.countersign.key.Secret;
import dev.countersign.settings.Reloadable;
import dev.countersign.settings.Section;
import dev.countersign.signature.GenericSignature;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code secrets.<key-id>}, with what the key grants behind it. */
final class HmacKeyReader {
    /** RFC 7518 section 3.2, for HMAC-SHA256: as long as the hash. */
    private static final int LEAST_BYTES = 32;

    private static final String SECRET_RULE = "a secret of at least 32 random bytes, such as ${env:ACME_SECRET}";
    private static final String ID_RULE = "a key id of 1 to 128 letters, digits, dashes and underscores";

    private final String scheme;
    private final Section section;

    /** @param scheme the name of the instance */
    HmacKeyReader(String scheme, Section section) {
        this.scheme = scheme;
        this.section = section;
    }

    /**
     * Every secret of the section.
     *
     * @param required whether having none is a problem
     * @return empty with a problem
     */
    Optional<HmacKeys> read(boolean required) {
        // No dot: it ends the id in the name of a setting.
        Set<String> ids = section.names("secrets", GenericSignature::isKeyId, ID_RULE);
        if (ids.isEmpty() && required) {
            section.problem("secrets.<key-id>", "not set (expected: " + SECRET_RULE + ")");
            return Optional.empty();
        }
        Map<String, Reloadable<HmacKey>> keys = new HashMap<>();
        for (String id : ids) {
            String key = "secrets." + id;
            Identity identity = identity(key, id);
            section.requiredValues(key, SECRET_RULE, texts -> key(id, texts, identity))
                    .ifPresent(found -> keys.put(id, found));
        }
        return keys.size() == ids.size() ? Optional.of(new HmacKeys(keys, decoy())) : Optional.empty();
    }

    private static HmacKey key(String id, List<String> texts, Identity identity) {
        if (texts.size() > 1) {
            throw new IllegalArgumentException("several secrets (expected: a key id for each)");
        }
        Secret secret = Secret.parse(texts.get(0));
        if (secret.length() < LEAST_BYTES) {
            throw new IllegalArgumentException("a secret that is too short (expected: at least " + LEAST_BYTES
                    + " bytes for HMAC-SHA256, RFC 7518 section 3.2)");
        }
        if (PemReader.isPublicKey(secret.bytes())) {
            throw new IllegalArgumentException(
                    "a secret that is a public key, which everybody knows (expected: random bytes)");
        }
        return new HmacKey(id, secret, identity);
    }

    private Identity identity(String name, String id) {
        Section key = section.section(name);
        return Identity.of(scheme, key.text("owner", id), IdentityKind.CLIENT)
                .scopes(scopes(key))
                .roles(roles(key))
                .claims(Map.of("key_id", id))
                .hint(id)
                .build();
    }

    /** Empty if the key takes no part in judging scopes; a line with nothing in it grants nothing. */
    private static Optional<Set<String>> scopes(Section key) {
        Optional<Set<String>> scopes = key.textOrNothing("scopes").map(Scope::parse);
        if (!scopes.orElse(Set.of()).stream().allMatch(Scope::isToken)) {
            key.problem("scopes", "not scopes (expected: RFC 6749 section 3.3, separated by a space)");
        }
        return scopes;
    }

    private static Optional<Set<String>> roles(Section key) {
        return key.textOrNothing("roles")
                .map(roles -> roles.isEmpty() ? Set.of() : new LinkedHashSet<>(key.list("roles", List.of())));
    }

    /** Known to nobody, this process's code included. */
    private HmacKey decoy() {
        byte[] bytes = new byte[LEAST_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new HmacKey(
                "-",
                Secret.of(bytes),
                Identity.of(scheme, "-", IdentityKind.CLIENT).build());
    }
}
