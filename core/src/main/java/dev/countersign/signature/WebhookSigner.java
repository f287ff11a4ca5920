package dev.countersign.signature;

import dev.countersign.key.Secret;
import dev.countersign.key.Sha256;
import dev.countersign.signature.SignedTemplate.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the fields that a provider sends with a delivery.
 *
 * <pre>{@code
 * Map<String, String> fields = WebhookSigner.sign(WebhookProfile.STANDARD, delivery, List.of(secret));
 * }</pre>
 */
public final class WebhookSigner {
    private static final String BODY_HASH = "bodySHA256=";

    private WebhookSigner() {}

    /**
     * The fields of a delivery that is signed with shared secrets: those of the signature, the timestamp and the id.
     *
     * @param secrets at least one; several, newest first, where a provider sends a signature for each while a secret is
     *     being changed (Stripe, Standard Webhooks), else one
     * @return names and values, in the order in which they are sent
     * @throws IllegalArgumentException if the provider signs with private keys, takes one secret only, or the id cannot be
     *     sent
     */
    public static Map<String, String> sign(WebhookProfile profile, WebhookDelivery delivery, List<Secret> secrets) {
        if (!profile.algorithm().isHmac()) {
            throw new IllegalArgumentException(profile.provider() + " signs with a private key");
        }
        WebhookValues values = values(profile, delivery);
        byte[] text = text(profile, delivery, values);
        List<String> signatures = new ArrayList<>();
        for (Secret secret : secrets) {
            signatures.add(profile.encoding().encode(hmac(profile.algorithm(), secret, text)));
        }
        return fields(profile, values, signatures, List.of());
    }

    /**
     * The fields of a delivery that is signed with a private key: an RSA one for PayPal's form, an Ed25519 one for Standard
     * Webhooks.
     *
     * @throws IllegalArgumentException if the provider signs with secrets alone, or the key is none for it
     */
    public static Map<String, String> sign(WebhookProfile profile, WebhookDelivery delivery, PrivateKey key) {
        WebhookValues values = values(profile, delivery);
        byte[] text = text(profile, delivery, values);
        if (!profile.algorithm().isHmac()) {
            byte[] signature = signature(profile.algorithm().jdkName(), key, text);
            return fields(profile, values, List.of(profile.encoding().encode(signature)), List.of());
        }
        if (profile.notation() instanceof SignatureNotation.Versioned versioned
                && versioned.publicVersion().isPresent()) {
            byte[] signature = signature("Ed25519", key, text);
            return fields(
                    profile, values, List.of(), List.of(Base64.getEncoder().encodeToString(signature)));
        }
        throw new IllegalArgumentException(profile.provider() + " signs with secrets");
    }

    /** The URL that Twilio calls with content that is no form: with the SHA-256 of the content in its query. */
    public static String withBodyHash(String url, byte[] content) {
        String hash = HexFormat.of().formatHex(Sha256.start().digest(content));
        return url + (url.indexOf('?') < 0 ? "?" : "&") + BODY_HASH + hash;
    }

    private static WebhookValues values(WebhookProfile profile, WebhookDelivery delivery) {
        if (profile.idField().isPresent() && !profile.signed().accepts(Value.ID, delivery.id())) {
            throw new IllegalArgumentException("an id that " + profile.provider()
                    + " cannot send (expected: visible ASCII without the separator)");
        }
        String timestamp = profile.timestamped() ? profile.signed().time().format(delivery.time()) : "";
        return new WebhookValues(timestamp, delivery.id(), delivery.method(), delivery.target(), delivery.url());
    }

    private static byte[] text(WebhookProfile profile, WebhookDelivery delivery, WebhookValues values) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(profile.signed().head(values));
        text.writeBytes(content(profile, delivery));
        text.writeBytes(profile.signed().tail(values));
        return text.toByteArray();
    }

    private static byte[] content(WebhookProfile profile, WebhookDelivery delivery) {
        byte[] content = delivery.content();
        return switch (profile.signed().content()) {
            case FORM -> form(delivery);
            case CRC32 -> {
                CRC32 crc = new CRC32();
                crc.update(content, 0, content.length);
                yield Long.toString(crc.getValue()).getBytes(StandardCharsets.US_ASCII);
            }
            default -> content;
        };
    }

    private static byte[] form(WebhookDelivery delivery) {
        if (!delivery.form()) {
            if (delivery.content().length > 0 && !delivery.url().contains(BODY_HASH)) {
                throw new IllegalArgumentException("content that is no form and not signed (expected: withBodyHash)");
            }
            return new byte[0];
        }
        byte[] sorted = SortedForm.of(delivery.content());
        if (sorted == null) {
            throw new IllegalArgumentException("not an application/x-www-form-urlencoded content");
        }
        return sorted;
    }

    private static Map<String, String> fields(
            WebhookProfile profile, WebhookValues values, List<String> signatures, List<String> publicSignatures) {
        Map<String, String> fields = new LinkedHashMap<>();
        profile.idField().ifPresent(name -> fields.put(name, values.id()));
        profile.timestampField().ifPresent(name -> fields.put(name, values.timestamp()));
        Optional<String> beside =
                profile.timestamped() && profile.timestampField().isEmpty()
                        ? Optional.of(values.timestamp())
                        : Optional.empty();
        fields.put(profile.signatureField(), profile.notation().format(signatures, publicSignatures, beside));
        return Collections.unmodifiableMap(fields);
    }

    private static byte[] hmac(WebhookAlgorithm algorithm, Secret secret, byte[] text) {
        try {
            Mac mac = Mac.getInstance(algorithm.jdkName());
            mac.init(new SecretKeySpec(secret.bytes(), algorithm.jdkName()));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + algorithm.jdkName(), e);
        }
    }

    private static byte[] signature(String algorithm, PrivateKey key, byte[] text) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a private key for " + algorithm, e);
        }
    }
}
