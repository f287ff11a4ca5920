package dev.countersign.it.signers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp.RawResponse;
import java.util.UUID;

/** Deliveries of webhooks, and what must hold for each provider. */
final class Hooks {
    /** Not as any serializer would write it, so that only who looks at the bytes sees them unchanged. */
    static final String JSON = "{ \"id\":\"evt_1\",\n\t\"name\" : \"caf\u00c3\u00a9 \\u00E9\", \"n\":1.0 }\n";

    private Hooks() {}

    /** A delivery that nobody has seen before. */
    static Message json(String provider) {
        return Message.of("POST", "/hooks/" + provider + "/events")
                .with("Content-Type", "application/json")
                .withBody(JSON.replace("evt_1", UUID.randomUUID().toString()));
    }

    /**
     * Every changed copy is refused, the delivery itself then is accepted, and the resource does not see it again.
     *
     * @param provider the name of the scheme, which is that of the caller
     */
    static void takesOnce(Site site, Message delivery, String provider, Changes changes) {
        site.acceptsOnlyAsSigned(delivery, provider, changes);
        RawResponse again = site.send(delivery);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEmpty();
    }
}
