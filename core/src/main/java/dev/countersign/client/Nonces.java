package dev.countersign.client;

import java.security.SecureRandom;
import java.util.Base64;

/** What a client uses once: 128 random bits as text. */
final class Nonces {
    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Nonces() {}

    static String fresh() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
