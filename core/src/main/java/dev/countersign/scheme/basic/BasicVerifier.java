package dev.countersign.scheme.basic;

import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import dev.countersign.password.VerifiedPasswords;
import dev.countersign.scheme.RecordIdentities;

/** Looks the user up and checks the password; every way to fail costs exactly one hash and gives one answer. */
final class BasicVerifier {
    private final String scheme;
    private final BasicStore store;
    private final VerifiedPasswords passwords;
    private final RecordIdentities<BasicUser> identities = new RecordIdentities<>();

    BasicVerifier(String scheme, BasicStore store, VerifiedPasswords passwords) {
        this.scheme = scheme;
        this.store = store;
        this.passwords = passwords;
    }

    Verification verify(BasicCredential credential) {
        String name = credential.user();
        BasicUser user = store.find(name).orElse(null);
        if (user == null || !user.name().equals(name)) {
            passwords.matchesNow(name, credential.password(), store.decoy());
            return rejected("unknown_user");
        }
        if (user.status() != BasicUser.Status.ACTIVE) {
            // Computed and not remembered: a quick answer would tell that the password is right.
            passwords.matchesNow(name, credential.password(), user.password());
            return rejected(user.status() == BasicUser.Status.LOCKED ? "locked" : "disabled");
        }
        if (!passwords.matches(name, credential.password(), user.password())) {
            return rejected("wrong_password");
        }
        Verification.Verified known = identities.find(user, name.hashCode());
        return known != null ? known : identities.keep(user, name.hashCode(), verified(user, credential.hint()));
    }

    private Verification.Verified verified(BasicUser user, String hint) {
        return new Verification.Verified(Identity.of(scheme, user.name(), IdentityKind.USER)
                .scopes(user.scopes())
                .roles(user.roles())
                .hint(hint)
                .build());
    }

    private static Verification rejected(String detail) {
        return new Verification.Rejected(RejectionReason.CREDENTIALS_INVALID, detail);
    }
}
