package dev.countersign.signature;

/** What a provider's signatures are made with. It belongs to the provider's profile: no request ever names one. */
public enum WebhookAlgorithm {
    /** HMAC with SHA-256. */
    HMAC_SHA256("HmacSHA256"),
    /** HMAC with SHA-512. */
    HMAC_SHA512("HmacSHA512"),
    /** HMAC with SHA-1, which Twilio uses; no profile of a user may. */
    HMAC_SHA1("HmacSHA1"),
    /** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 section 8.2). */
    RSA_SHA256("SHA256withRSA");

    private final String jdkName;

    WebhookAlgorithm(String jdkName) {
        this.jdkName = jdkName;
    }

    /** The JDK's name of it, such as {@code HmacSHA256}. */
    public String jdkName() {
        return jdkName;
    }

    /** Whether both sides share a secret; else the signer has a private key. */
    public boolean isHmac() {
        return this != RSA_SHA256;
    }
}
