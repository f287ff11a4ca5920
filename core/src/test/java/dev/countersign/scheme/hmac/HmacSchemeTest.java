package dev.countersign.scheme.hmac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AuthenticationScheme;
import dev.countersign.Challenge;
import dev.countersign.ChallengeTemplate.Explanation;
import dev.countersign.IdentityKind;
import dev.countersign.JsonVectors;
import dev.countersign.RejectionReason;
import dev.countersign.TestExchange;
import dev.countersign.key.Secret;
import dev.countersign.scheme.AuthenticationSchemeContract;
import dev.countersign.signature.SigV4Signer;
import dev.countersign.signature.SignatureParameters;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each profile is a scheme like any other. */
class HmacSchemeTest {
    private final Signing signing = new Signing();

    @Nested
    class Generic implements AuthenticationSchemeContract {
        private final HmacScheme scheme = signing.generic();

        @Override
        public AuthenticationScheme scheme() {
            return scheme;
        }

        @Override
        public TestExchange right() {
            return signing.signed(TestExchange.get("/"));
        }

        @Override
        public TestExchange wrong() {
            return right().onlyHeader("X-Signature", "0".repeat(64));
        }

        @Override
        public TestExchange malformed() {
            return right().onlyHeader("X-Signature", "no signature");
        }

        @Override
        public List<String> secrets() {
            return List.of(Signing.SECRET, "0".repeat(64), "nobody has");
        }

        @Test
        void proves_the_owner_of_the_key() {
            assertThat(identity(right()).subject()).isEqualTo("acme");
            assertThat(identity(right()).kind()).isEqualTo(IdentityKind.CLIENT);
            assertThat(identity(right()).hint()).isEqualTo("acme-1");
            assertThat(identity(right()).claims()).containsEntry("key_id", "acme-1");
        }

        @Test
        void R29_asks_for_the_fields_that_must_be_there() {
            assertThat(scheme.challengeTemplate().scheme()).isEqualTo("HMAC-SHA256");
            assertThat(scheme.challengeTemplate().realm()).isEqualTo("orders");
            assertThat(scheme.challengeTemplate().parameters())
                    .containsExactly(new Challenge.Parameter("headers", "x-timestamp x-signature x-key-id"));
        }

        @Test
        void has_the_type_that_settings_name_and_shapes_of_its_own() {
            assertThat(scheme.type()).isEqualTo("hmac");
            assertThat(scheme.carriesScopes()).isTrue();
            assertThat(scheme.readsBody()).isTrue();
            assertThat(scheme.ambient()).isFalse();
            assertThat(scheme.shapes()).containsExactlyInAnyOrder("X-Signature", "Authorization: HMAC-SHA256");
        }
    }

    @Nested
    class GenericInAuthorization implements AuthenticationSchemeContract {
        private final HmacScheme scheme = signing.generic();

        @Override
        public AuthenticationScheme scheme() {
            return scheme;
        }

        @Override
        public TestExchange right() {
            return signing.authorized(TestExchange.get("/"));
        }

        @Override
        public TestExchange wrong() {
            return TestExchange.get("/")
                    .header(
                            "Authorization",
                            "HMAC-SHA256 keyId=acme-1, timestamp=1767225600, signature=" + "0".repeat(64));
        }

        @Override
        public TestExchange malformed() {
            return TestExchange.get("/").header("Authorization", "HMAC-SHA256 c2lnbmF0dXJl");
        }

        @Override
        public List<String> secrets() {
            return List.of(Signing.SECRET, "0".repeat(64), "c2lnbmF0dXJl");
        }
    }

    @Nested
    class SigV4 implements AuthenticationSchemeContract {
        private final HmacScheme scheme = new HmacScheme("hmac", new SigV4Fixture().profile());

        private TestExchange signed(SigV4Signer signer) {
            return SigV4Fixture.signed(signer, SigV4Fixture.request("GET", "/"), new byte[0]);
        }

        @Override
        public AuthenticationScheme scheme() {
            return scheme;
        }

        @Override
        public TestExchange right() {
            return signed(SigV4Fixture.SIGNER);
        }

        @Override
        public TestExchange wrong() {
            return signed(new SigV4Signer(
                    SigV4Fixture.KEY_ID,
                    Secret.parse("text:a guess that has at least 32 bytes"),
                    SigV4Fixture.REGION,
                    SigV4Fixture.SERVICE));
        }

        @Override
        public TestExchange malformed() {
            return TestExchange.get("/").header("Authorization", "AWS4-HMAC-SHA256 c2lnbmF0dXJl");
        }

        @Override
        public TestExchange duplicated() {
            return right().header(
                            "Authorization", right().headers("Authorization").get(0));
        }

        @Override
        public List<String> secrets() {
            String authorization = right().headers("Authorization").get(0);
            return List.of(SigV4Fixture.SECRET, "nobody has", authorization.substring(authorization.length() - 64));
        }

        @Test
        void R28_asks_for_a_signature() {
            assertThat(scheme.challengeTemplate().scheme()).isEqualTo("AWS4-HMAC-SHA256");
            assertThat(scheme.challengeTemplate().realm()).isEqualTo("orders");
            assertThat(scheme.challengeTemplate().parameters()).isEmpty();
        }
    }

    @Nested
    class Rfc9421 implements AuthenticationSchemeContract {
        private final HmacScheme scheme = new HmacScheme(Rfc9421Fixture.SCHEME, new Rfc9421Fixture().profile);

        @Override
        public AuthenticationScheme scheme() {
            return scheme;
        }

        @Override
        public TestExchange right() {
            return Rfc9421Fixture.signed(
                    TestExchange.get("/"),
                    SignatureParameters.of(Rfc9421Fixture.NOW.getEpochSecond(), "s-h1")
                            .withNonce(signing.nonce()),
                    "@method",
                    "@target-uri");
        }

        @Override
        public TestExchange wrong() {
            return right().onlyHeader("Signature", "sig1=:c2lnbmF0dXJl:");
        }

        @Override
        public TestExchange malformed() {
            return right().onlyHeader("Signature", "no signature");
        }

        @Override
        public List<String> secrets() {
            return List.of(
                    JsonVectors.text(Rfc9421Fixture.key("s-h1"), "secret_b64"),
                    "c2lnbmF0dXJl",
                    right().headers("Signature").get(0));
        }

        @Test
        void R26_asks_for_a_signature_and_says_of_what() {
            assertThat(scheme.challengeTemplate().scheme()).isEqualTo("HTTPSig");
            assertThat(scheme.answerFields(TestExchange.get("/")))
                    .anySatisfy(field -> assertThat(field.name()).isEqualTo("Accept-Signature"));
        }
    }

    @Test
    void R27_R28_R29_tells_four_ways_to_be_wrong_and_two_ways_at_once() {
        assertThat(List.of(RejectionReason.values()))
                .filteredOn(reason -> SignatureErrors.explain(reason).isPresent())
                .extracting(reason -> SignatureErrors.explain(reason).orElseThrow())
                .containsExactlyInAnyOrder(
                        new Explanation("invalid_signature", Optional.empty()),
                        new Explanation("expired_signature", Optional.empty()),
                        new Explanation("replayed_signature", Optional.empty()),
                        new Explanation("insufficient_coverage", Optional.empty()),
                        new Explanation(
                                "invalid_request", Optional.of("Multiple methods used to include credentials")));
    }
}
