package dev.countersign.signature;

import dev.countersign.http.Ascii;
import dev.countersign.http.FieldValue;
import dev.countersign.signature.SignedTemplate.Text;
import dev.countersign.signature.SignedTemplate.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How one provider signs its webhooks, as data: verifying and signing read the same record.
 *
 * <pre>{@code
 * WebhookProfile acme = new WebhookProfile(
 *         "acme",
 *         "X-Acme-Signature",
 *         new SignatureNotation.Prefixed("sha256="),
 *         WebhookEncoding.HEX,
 *         WebhookAlgorithm.HMAC_SHA256,
 *         Optional.of("X-Acme-Timestamp"),
 *         Optional.empty(),
 *         SignedTemplate.parse("{timestamp}.{body}", WebhookTimeFormat.SECONDS));
 * }</pre>
 *
 * @param provider its name, which challenges tell: visible ASCII
 * @param signatureField the field that carries signatures
 * @param notation how they stand there
 * @param encoding how each of them is written
 * @param algorithm what they are made with
 * @param timestampField the field that carries the timestamp; empty if it stands beside the signatures, or there is none
 * @param idField the field that carries the id of a delivery, signed or not; empty if there is none
 * @param signed what is signed
 */
public record WebhookProfile(
        String provider,
        String signatureField,
        SignatureNotation notation,
        WebhookEncoding encoding,
        WebhookAlgorithm algorithm,
        Optional<String> timestampField,
        Optional<String> idField,
        SignedTemplate signed) {
    private static final Set<String> OTHER_FIELDS = Set.of(
            "authorization",
            "client-cert",
            "client-cert-chain",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "cookie",
            "dpop",
            "expect",
            "forwarded",
            "host",
            "keep-alive",
            "origin",
            "proxy-authorization",
            "referer",
            "signature-input",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via",
            "x-forwarded-client-cert",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-real-ip");

    /** Stripe: {@code Stripe-Signature: t=…,v1=…} over {@code t.body}. */
    public static final WebhookProfile STRIPE = new WebhookProfile(
            "stripe",
            "Stripe-Signature",
            new SignatureNotation.Pairs("v1", Optional.of("t")),
            WebhookEncoding.HEX,
            WebhookAlgorithm.HMAC_SHA256,
            Optional.empty(),
            Optional.empty(),
            SignedTemplate.parse("{timestamp}.{body}", WebhookTimeFormat.SECONDS));

    /** GitHub: {@code X-Hub-Signature-256: sha256=…} over the content; the SHA-1 field beside it is never read. */
    public static final WebhookProfile GITHUB = new WebhookProfile(
            "github",
            "X-Hub-Signature-256",
            new SignatureNotation.Prefixed("sha256="),
            WebhookEncoding.HEX,
            WebhookAlgorithm.HMAC_SHA256,
            Optional.empty(),
            Optional.of("X-GitHub-Delivery"),
            SignedTemplate.parse("{body}", WebhookTimeFormat.SECONDS));

    /** Slack: {@code X-Slack-Signature: v0=…} over {@code v0:timestamp:body}. */
    public static final WebhookProfile SLACK = new WebhookProfile(
            "slack",
            "X-Slack-Signature",
            new SignatureNotation.Prefixed("v0="),
            WebhookEncoding.HEX,
            WebhookAlgorithm.HMAC_SHA256,
            Optional.of("X-Slack-Request-Timestamp"),
            Optional.empty(),
            SignedTemplate.parse("v0:{timestamp}:{body}", WebhookTimeFormat.SECONDS));

    /** Shopify: {@code X-Shopify-Hmac-Sha256}, base64, over the content. */
    public static final WebhookProfile SHOPIFY = new WebhookProfile(
            "shopify",
            "X-Shopify-Hmac-Sha256",
            new SignatureNotation.Prefixed(""),
            WebhookEncoding.BASE64,
            WebhookAlgorithm.HMAC_SHA256,
            Optional.empty(),
            Optional.of("X-Shopify-Webhook-Id"),
            SignedTemplate.parse("{body}", WebhookTimeFormat.SECONDS));

    /** Standard Webhooks: {@code webhook-signature: v1,…} over {@code id.timestamp.body}; {@code v1a} is Ed25519. */
    public static final WebhookProfile STANDARD = new WebhookProfile(
            "standard",
            "webhook-signature",
            new SignatureNotation.Versioned("v1", Optional.of("v1a")),
            WebhookEncoding.BASE64,
            WebhookAlgorithm.HMAC_SHA256,
            Optional.of("webhook-timestamp"),
            Optional.of("webhook-id"),
            SignedTemplate.parse("{id}.{timestamp}.{body}", WebhookTimeFormat.SECONDS));

    /**
     * Twilio: {@code X-Twilio-Signature}, base64 of HMAC-SHA1, over the public URL and the sorted parameters of a form; of
     * other content the URL carries the SHA-256 as {@code bodySHA256}.
     */
    public static final WebhookProfile TWILIO = new WebhookProfile(
            "twilio",
            "X-Twilio-Signature",
            new SignatureNotation.Prefixed(""),
            WebhookEncoding.BASE64,
            WebhookAlgorithm.HMAC_SHA1,
            Optional.empty(),
            Optional.of("I-Twilio-Idempotency-Token"),
            new SignedTemplate(List.of(Value.URL, Value.FORM), WebhookTimeFormat.SECONDS));

    /**
     * PayPal: {@code PAYPAL-TRANSMISSION-SIG}, RSA, over {@code id|time|webhook id|CRC-32 of the content}. The key is
     * configured: {@code PAYPAL-CERT-URL} is never followed, nor {@code PAYPAL-AUTH-ALGO} believed.
     *
     * @param webhookId the id that PayPal gave the subscription
     * @throws IllegalArgumentException if it is not visible ASCII, or has the separator in it
     */
    public static WebhookProfile paypal(String webhookId) {
        if (!FieldValue.isVisibleAscii(webhookId) || webhookId.indexOf('|') >= 0) {
            throw new IllegalArgumentException("not the id of a PayPal webhook");
        }
        return new WebhookProfile(
                "paypal",
                "PAYPAL-TRANSMISSION-SIG",
                new SignatureNotation.Prefixed(""),
                WebhookEncoding.BASE64,
                WebhookAlgorithm.RSA_SHA256,
                Optional.of("PAYPAL-TRANSMISSION-TIME"),
                Optional.of("PAYPAL-TRANSMISSION-ID"),
                new SignedTemplate(
                        List.of(Value.ID, new Text("|"), Value.TIMESTAMP, new Text("|" + webhookId + "|"), Value.CRC32),
                        WebhookTimeFormat.ISO_8601));
    }

    /** The providers that need nothing but secrets. */
    public static final List<WebhookProfile> OF_SECRETS = List.of(STRIPE, GITHUB, SLACK, SHOPIFY, STANDARD, TWILIO);

    /**
     * Checks that everything that is signed is sent, and everything that is believed is signed.
     *
     * @throws IllegalArgumentException if not; the message says what
     */
    public WebhookProfile {
        require(FieldValue.isVisibleAscii(provider), "provider: not a name of visible ASCII");
        requireField("signature field", signatureField);
        timestampField.ifPresent(name -> requireField("timestamp field", name));
        idField.ifPresent(name -> requireField("id field", name));
        boolean beside = notation instanceof SignatureNotation.Pairs pairs
                && pairs.timestampKey().isPresent();
        require(!beside || timestampField.isEmpty(), "two timestamps: one beside the signature and one in a field");
        boolean sent = beside || timestampField.isPresent();
        require(!sent || signed.has(Value.TIMESTAMP), TIMESTAMP_NOT_SIGNED);
        require(sent || !signed.has(Value.TIMESTAMP), "a timestamp is signed and not sent");
        require(idField.isPresent() || !signed.has(Value.ID), "an id is signed and not sent");
        require(
                (algorithm == WebhookAlgorithm.HMAC_SHA1) == (signed.content() == Value.FORM),
                "HMAC-SHA1 is for Twilio's form alone");
        require(
                algorithm.isHmac() == (signed.content() != Value.CRC32),
                "a CRC-32 stands for the content in PayPal's form alone");
    }

    private static final String TIMESTAMP_NOT_SIGNED = "a timestamp is checked and not signed: anybody could renew it";

    /** Whether deliveries carry a timestamp. */
    public boolean timestamped() {
        return signed.has(Value.TIMESTAMP);
    }

    /** Whether a field name can carry what a provider sends: a token that HTTP and other schemes do not use otherwise. */
    public static boolean isField(String name) {
        return FieldValue.isToken(name) && !OTHER_FIELDS.contains(Ascii.lowerCase(name));
    }

    private static void requireField(String what, String name) {
        require(isField(name), what + ": a field that HTTP, or another scheme, uses otherwise, or no field name");
    }

    private static void require(boolean met, String problem) {
        if (!met) {
            throw new IllegalArgumentException(problem);
        }
    }
}
