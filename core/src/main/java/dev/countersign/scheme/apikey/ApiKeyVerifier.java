package dev.countersign.scheme.apikey;

import dev.countersign.Exchange;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import dev.countersign.scheme.RecordIdentities;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Judges a key: what its shape can tell first, then its record. */
final class ApiKeyVerifier {
    private final String name;
    private final ApiKeySettings settings;
    private final ApiKeyStore store;
    private final InstantSource clock;
    private final RecordIdentities<ApiKeyRecord> identities = new RecordIdentities<>();

    ApiKeyVerifier(String name, ApiKeySettings settings, ApiKeyStore store, InstantSource clock) {
        this.name = name;
        this.settings = settings;
        this.store = store;
        this.clock = clock;
    }

    Verification verify(ApiKeyCredential credential, Exchange exchange) {
        if (credential.form().isBearer() && !settings.bearer()) {
            return rejected(RejectionReason.KEY_INVALID, "bearer_not_accepted");
        }
        if (credential.form() == ApiKeyCredential.Form.MALFORMED_BEARER) {
            return rejected(RejectionReason.MALFORMED_CREDENTIALS, "not_a_token");
        }
        if (credential.prefix().isEmpty() && !settings.prefixes().isEmpty()) {
            return rejected(RejectionReason.KEY_INVALID, "prefix");
        }
        if (settings.checksum() && !credential.wellFormed()) {
            return rejected(RejectionReason.KEY_INVALID, "checksum");
        }
        ApiKeyDigest digest = ApiKeyDigest.of(credential.key());
        // The store's answer is compared again: a look-up that ignores case, or takes wildcards, finds nothing here.
        ApiKeyRecord found = store.find(digest).orElse(null);
        return found != null && found.digest().matches(digest)
                ? judge(found, credential, exchange)
                : rejected(RejectionReason.KEY_INVALID, "unknown");
    }

    private Verification judge(ApiKeyRecord found, ApiKeyCredential credential, Exchange exchange) {
        if (found.status() == ApiKeyRecord.Status.REVOKED) {
            return rejected(RejectionReason.KEY_REVOKED, "revoked");
        }
        // expires == now is expired
        if (found.expires().isPresent()
                && !clock.instant().isBefore(found.expires().get())) {
            return rejected(RejectionReason.KEY_EXPIRED, "expired");
        }
        if (found.cidrs().isPresent() && !found.cidrs().get().contains(exchange.client())) {
            return rejected(RejectionReason.IP_NOT_ALLOWED, "cidr");
        }
        int hash = found.digest().hashCode();
        Verification.Verified known = identities.find(found, hash);
        return known != null ? known : identities.keep(found, hash, verified(found, credential.hint()));
    }

    /** Equal digests are equal keys, so that the hint belongs to the record too. */
    private Verification.Verified verified(ApiKeyRecord found, String hint) {
        Optional<String> owner = found.owner();
        return new Verification.Verified(Identity.of(name, owner.orElse(found.id()), IdentityKind.KEY)
                .displayName(found.id())
                .scopes(found.scopes())
                .roles(found.roles())
                .claims(Map.of("key_id", found.id()))
                .hint(hint)
                .expiresAt(found.expires().orElse(null))
                .build());
    }

    private static Verification rejected(RejectionReason reason, String detail) {
        return new Verification.Rejected(reason, detail);
    }
}
