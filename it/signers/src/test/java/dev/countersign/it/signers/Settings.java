package dev.countersign.it.signers;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the application is configured with, and the peers know. */
final class Settings {
    static final String REGION = "us-east-1";

    /** Of an AWS access key. */
    static final String ACCESS_KEY = "AKIDEXAMPLE";

    static final String SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    /** Of each provider, as it hands them out. */
    static final String STRIPE = "whsec_2vPbk7bqKqfQyYp6hC3xT9mVnR4sD8aE";

    static final String GITHUB = "It's a secret that GitHub and the application know";

    static final String TWILIO = "12345678901234567890123456789012";

    static final String SLACK = "8f742231b10e8888abcd99yyyzzz85a5";

    static final String STANDARD = "whsec_" + MessageKeys.SHARED;

    /** Where the world believes the application at {@link Place#PROXIED} to be. */
    static final String BASE_URL = "https://hooks.example.com";

    private Settings() {}

    static Map<String, String> of(Place place) {
        Map<String, String> settings = new LinkedHashMap<>();
        put(
                settings,
                "schemes",
                "aws, messages, stripe, github, slack, standard, svix" + (place == Place.PROXIED ? ", twilio" : ""));
        put(settings, "paths.allow", "dot-segments, double-slash, encoded-slash");
        aws(settings, place.service());
        if (place.hasAwsErrors()) {
            scheme(settings, "aws", "aws-errors", "true");
        }
        messages(settings);
        webhook(settings, "stripe", STRIPE);
        webhook(settings, "github", "text:" + GITHUB);
        webhook(settings, "slack", "text:" + SLACK);
        webhook(settings, "standard", STANDARD);
        svix(settings);
        if (place == Place.PROXIED) {
            put(settings, "base-url", BASE_URL);
            webhook(settings, "twilio", "text:" + TWILIO);
        }
        return settings;
    }

    private static void messages(Map<String, String> settings) {
        scheme(settings, "messages", "type", "hmac");
        scheme(settings, "messages", "profile", "rfc9421");
        scheme(settings, "messages", "secrets." + MessageKeys.HMAC, "base64:" + MessageKeys.SHARED);
        scheme(settings, "messages", "keys", MessageKeys.jwks());
    }

    private static void webhook(Map<String, String> settings, String provider, String secret) {
        scheme(settings, provider, "type", "webhook");
        scheme(settings, provider, "provider", provider);
        scheme(settings, provider, "secrets", secret);
    }

    /** As Standard Webhooks, in fields of another name: a provider that is none of those the library knows. */
    private static void svix(Map<String, String> settings) {
        scheme(settings, "svix", "type", "webhook");
        scheme(settings, "svix", "provider", "generic");
        scheme(settings, "svix", "signature-header", "svix-signature");
        scheme(settings, "svix", "signature-version", "v1");
        scheme(settings, "svix", "encoding", "base64");
        scheme(settings, "svix", "timestamp-header", "svix-timestamp");
        scheme(settings, "svix", "id-header", "svix-id");
        scheme(settings, "svix", "signed", "{id}.{timestamp}.{body}");
        scheme(settings, "svix", "secrets", "base64:" + MessageKeys.SHARED);
    }

    private static void aws(Map<String, String> settings, String service) {
        scheme(settings, "aws", "type", "hmac");
        scheme(settings, "aws", "profile", "sigv4");
        scheme(settings, "aws", "region", REGION);
        scheme(settings, "aws", "service", service);
        scheme(settings, "aws", "presigned", "true");
        if (service.equals("s3")) {
            scheme(settings, "aws", "unsigned-payload", "true");
        }
        scheme(settings, "aws", "secrets." + ACCESS_KEY, "text:" + SECRET_KEY);
    }

    private static void scheme(Map<String, String> settings, String name, String key, String value) {
        put(settings, "scheme." + name + "." + key, value);
    }

    private static void put(Map<String, String> settings, String key, String value) {
        settings.put("countersign." + key, value);
    }
}
