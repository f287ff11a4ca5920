package dev.countersign.client;

import dev.countersign.http.Ascii;
import dev.countersign.http.FieldValue;
import dev.countersign.key.Secret;
import dev.countersign.signature.SignatureNotation;
import dev.countersign.signature.SignedTemplate;
import dev.countersign.signature.WebhookDelivery;
import dev.countersign.signature.WebhookProfile;
import dev.countersign.signature.WebhookSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Delivers webhooks, signed as one provider signs them. Immutable; safe for use by many threads.
 *
 * <pre>{@code
 * WebhookSender sender = WebhookSender.of(WebhookProfile.STANDARD, List.of(newSecret, oldSecret), InstantSource.system());
 * WebhookEvent event = WebhookEvent.json("order.paid", document);
 * WebhookReceipt receipt = sender.send(client, endpoint, event);
 * }</pre>
 *
 * <p>There is one attempt: whoever keeps the events sends one again, with the same id, after every receipt that is not {@link
 * WebhookReceipt#delivered} and after every exception. Each attempt carries a time and a signature of its own.
 *
 * <p>It goes wherever the URI leads. Where receivers name their URIs themselves, look before that none leads into your own
 * network.
 */
public final class WebhookSender {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** Where providers tell the type of an event beside its content; other providers tell it in the content. */
    private static final Map<String, String> TYPE_FIELDS =
            Map.of("github", "X-GitHub-Event", "shopify", "X-Shopify-Topic");

    private final WebhookProfile profile;
    private final Function<WebhookDelivery, Map<String, String>> signer;
    private final InstantSource clock;
    private final Duration timeout;

    private WebhookSender(
            WebhookProfile profile,
            Function<WebhookDelivery, Map<String, String>> signer,
            InstantSource clock,
            Duration timeout) {
        this.profile = profile;
        this.signer = signer;
        this.clock = clock;
        this.timeout = timeout;
    }

    /**
     * A sender that shares secrets with its receivers.
     *
     * @param profile whose form it is: a constant of {@link WebhookProfile}, or one of your own
     * @param secrets one, or while a secret is being changed two, newest first, where the provider sends a signature of each
     *     (Stripe, Standard Webhooks); with the others the receiver, not the sender, takes both for a while
     * @throws IllegalArgumentException if the provider signs with a private key, or there are more or fewer secrets than that
     */
    public static WebhookSender of(WebhookProfile profile, List<Secret> secrets, InstantSource clock) {
        if (!profile.algorithm().isHmac()) {
            throw new IllegalArgumentException("secrets: " + profile.provider() + " signs with a private key");
        }
        int most = profile.notation() instanceof SignatureNotation.Prefixed ? 1 : SignatureNotation.MOST_ITEMS - 1;
        if (secrets.isEmpty() || secrets.size() > most) {
            throw new IllegalArgumentException(
                    "secrets: " + secrets.size() + " for " + profile.provider() + " (expected: 1 to " + most + ")");
        }
        List<Secret> all = List.copyOf(secrets);
        return new WebhookSender(profile, delivery -> WebhookSigner.sign(profile, delivery, all), clock, TIMEOUT);
    }

    /**
     * A sender whose receivers know its public key.
     *
     * @param profile {@link WebhookProfile#paypal} or {@link WebhookProfile#STANDARD}
     * @param key an RSA key for the first, an Ed25519 key for the second
     */
    public static WebhookSender of(WebhookProfile profile, PrivateKey key, InstantSource clock) {
        return new WebhookSender(profile, delivery -> WebhookSigner.sign(profile, delivery, key), clock, TIMEOUT);
    }

    /**
     * The same with another time to wait for an answer.
     *
     * @param limit more than nothing; 15 seconds unless said otherwise
     * @throws IllegalArgumentException if it is nothing, or less
     */
    public WebhookSender timeout(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("timeout: " + limit + " (expected: more than nothing)");
        }
        return new WebhookSender(profile, signer, clock, limit);
    }

    /**
     * A delivery that is signed now, for whatever client sends it.
     *
     * @param endpoint the receiver's URI, as {@link OutgoingRequest#of} takes it
     * @throws IllegalArgumentException if the provider cannot send this event: its id, or for Twilio its content
     */
    public OutgoingRequest request(URI endpoint, WebhookEvent event) {
        OutgoingRequest request =
                OutgoingRequest.of("POST", endpoint).body(event.content()).header("Content-Type", event.contentType());
        String typeField = TYPE_FIELDS.get(profile.provider());
        if (typeField != null && !event.type().isEmpty()) {
            request = request.header(typeField, event.type());
        }
        boolean form = isForm(event.contentType());
        if (profile.signed().content() == SignedTemplate.Value.FORM && !form && event.content().length > 0) {
            request = request.to(
                    URI.create(WebhookSigner.withBodyHash(request.uri().toString(), event.content())));
        }
        WebhookDelivery delivery = new WebhookDelivery(
                request.method(), request.uri().toString(), event.id(), clock.instant(), form, event.content());
        for (Map.Entry<String, String> field : signer.apply(delivery).entrySet()) {
            request = request.onlyHeader(field.getKey(), field.getValue());
        }
        return request;
    }

    /**
     * Delivers an event once, and waits for the answer.
     *
     * @param client follows no redirects, which is its default: a receiver that has moved says so to people, and what is signed
     *     for one address goes to no other
     * @throws IllegalArgumentException as {@link #request}, and if the client follows redirects
     * @throws IOException if there was no answer, in time or at all: the receiver may have the event nevertheless
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    public WebhookReceipt send(HttpClient client, URI endpoint, WebhookEvent event)
            throws IOException, InterruptedException {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("client (expected: one that follows no redirects)");
        }
        OutgoingRequest request = request(endpoint, event);
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(request.uri()).timeout(timeout).POST(BodyPublishers.ofByteArray(request.body()));
        request.fields().forEach(field -> builder.header(field.name(), field.value()));
        HttpResponse<String> answer = client.send(builder.build(), IgnoredBody.handler());
        Optional<Duration> retryAfter = answer.headers()
                .firstValue("Retry-After")
                .flatMap(value -> RetryAfter.parse(FieldValue.trim(value), clock.instant()));
        return new WebhookReceipt(answer.statusCode(), retryAfter);
    }

    private static boolean isForm(String contentType) {
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return Ascii.equalsIgnoreCase(FieldValue.trim(type), FORM);
    }

    /** The provider, never a secret. */
    @Override
    public String toString() {
        return "WebhookSender[" + profile.provider() + "]";
    }
}
