package dev.countersign.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.Verification;
import org.junit.jupiter.api.Test;

class RecordIdentitiesTest {
    private record Account(String name) {}

    private final RecordIdentities<Account> identities = new RecordIdentities<>();

    @Test
    void knows_the_answer_for_the_very_record_alone() {
        Account account = new Account("acme");
        Verification.Verified answer = answer("acme");
        assertThat(identities.find(account, 1)).isNull();
        assertThat(identities.keep(account, 1, answer)).isSameAs(answer);
        assertThat(identities.find(account, 1)).isSameAs(answer);
        // An equal record is a newer one, whose grants the look-up does not compare.
        assertThat(identities.find(new Account("acme"), 1)).isNull();
    }

    @Test
    void records_whose_hashes_meet_take_each_others_place_and_never_each_others_answer() {
        Account first = new Account("first");
        Account second = new Account("second");
        identities.keep(first, 7, answer("first"));
        assertThat(identities.find(second, 7)).isNull();
        identities.keep(second, 7, answer("second"));
        assertThat(identities.find(first, 7)).isNull();
        assertThat(identities.find(second, 7)).isEqualTo(answer("second"));
    }

    @Test
    void takes_every_hash() {
        for (int hash : new int[] {Integer.MIN_VALUE, -1, 0, 1023, 1024, Integer.MAX_VALUE}) {
            Account account = new Account("hash " + hash);
            identities.keep(account, hash, answer(account.name()));
            assertThat(identities.find(account, hash)).isEqualTo(answer(account.name()));
        }
    }

    private static Verification.Verified answer(String subject) {
        return new Verification.Verified(
                Identity.of("scheme", subject, IdentityKind.KEY).build());
    }
}
