package dev.countersign.it.signers;

import static dev.countersign.it.signers.Settings.ACCESS_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that {@code aws4} and {@code @smithy/signature-v4}, the signer of the AWS SDK for JavaScript, sign. */
@ExtendWith({OnNode.class, Rig.class})
class NodeAwsSignersIT {
    private final Site site;
    private final NodePeers peers;

    NodeAwsSignersIT(Site site, NodePeers peers) {
        this.site = site;
        this.peers = peers;
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws4", "smithy"})
    void SIG_01_SIG_20_a_signed_request_is_accepted_and_refused_with_anything_of_it_changed(String peer) {
        Message signed = signed(peer, AwsRequests.post());
        Changes changes = AwsRequests.headerChanges(signed).host().field("X-Note");
        if (peer.equals("smithy")) {
            changes.field("x-amz-content-sha256");
        } else {
            // It leaves the digest of the body to whoever verifies, and signs the length.
            assertThat(signed.has("x-amz-content-sha256")).isFalse();
            assertThat(signed.field("Authorization")).contains("content-length;");
        }
        site.acceptsOnlyAsSigned(signed, ACCESS_KEY, changes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws4", "smithy"})
    void SIG_04_SIG_05_every_path_and_query_is_accepted_as_the_peer_sends_it(String peer) {
        AwsRequests.TARGETS.forEach(target -> site.accepts(signed(peer, Message.of("GET", target)), ACCESS_KEY, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws4", "smithy"})
    void a_presigned_url_is_accepted_and_refused_with_anything_of_it_changed(String peer) {
        Message signed = signed(
                peer,
                Message.of("GET", "/aws/orders?b=2&a=1" + (peer.equals("aws4") ? "&X-Amz-Expires=60" : "")),
                Json.createObjectBuilder().add("presign", true).add("expires", 60));
        assertThat(signed.target()).contains("X-Amz-Signature=");
        site.acceptsOnlyAsSigned(
                signed,
                ACCESS_KEY,
                Changes.of(signed).method().path().query().host().body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws4", "smithy"})
    void a_session_token_is_covered_by_the_signature(String peer) {
        Message signed = signed(
                peer, AwsRequests.post(), Json.createObjectBuilder().add("sessionToken", "session/token+of=somebody"));
        site.acceptsOnlyAsSigned(signed, ACCESS_KEY, Changes.of(signed).field("X-Amz-Security-Token"));
    }

    private Message signed(String peer, Message request) {
        return signed(peer, request, Json.createObjectBuilder());
    }

    private Message signed(String peer, Message request, JsonObjectBuilder options) {
        JsonObject all = options.add("keyId", ACCESS_KEY)
                .add("secret", Settings.SECRET_KEY)
                .add("region", Settings.REGION)
                .add("service", Place.DIRECT.service())
                .build();
        return peers.sign(peer, request, site.uri(), all);
    }
}
