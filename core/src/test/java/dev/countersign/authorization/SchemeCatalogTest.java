package dev.countersign.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AuthenticationScheme;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Exchange;
import dev.countersign.Verification;
import dev.countersign.settings.Nearest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SchemeCatalogTest {
    private record Shape(String name, Set<String> carriers, boolean carriesScopes) implements AuthenticationScheme {
        @Override
        public String type() {
            return name;
        }

        @Override
        public Claim claim(Exchange exchange) {
            return Claim.absent();
        }

        @Override
        public Verification verify(Credential credential, Exchange exchange) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ChallengeTemplate challengeTemplate() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void knows_of_each_scheme_what_rules_need() {
        SchemeCatalog catalog = SchemeCatalog.of(
                List.of(
                        new Shape("jwt", Set.of("authorization"), true),
                        new Shape("key", Set.of("x-api-key", "authorization"), true),
                        new Shape("certificate", Set.of("client-cert"), false)),
                Nearest::of);

        assertThat(catalog.names()).containsExactly("jwt", "key", "certificate");
        assertThat(catalog.names()).filteredOn(catalog::onlyInAuthorization).containsExactly("jwt");
        assertThat(catalog.names()).filteredOn(catalog::carriesScopes).containsExactly("jwt", "key");
        assertThat(catalog.knows("basic")).isFalse();
        assertThat(catalog.carriesScopes("basic")).isFalse();
        assertThat(catalog.onlyInAuthorization("basic")).isFalse();
    }
}
