package dev.countersign.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** Keys and passwords that the files of the main WAR know, and the field lines that carry credentials. */
public final class Credentials {
    public static final String PASSWORD = "correct horse";

    /** The password of bea. */
    public static final String BEAS_PASSWORD = "Kk4DQuMMfZL9o";

    public static final String WRITER = "sk_test_1ZLo9814uVfnFHbE6PmE9Fh0gqonUAlj7MOjlkcMjCe0GFbXf";
    public static final String READER = "sk_test_uyIjWXpRXmF4ao7cRbFXTsV01ydyePe1UylEAKUTrej0SnTkF";
    public static final String UNSCOPED = "sk_test_T9emrB1K4EDYPNTZCsYVEJJKsTJeXtuiq8JcPH4lNgi43ptRo";
    public static final String EXPIRED = "sk_test_9y4P7uHBJI17rFomSePmEZtG4GQiBDjGUjo0CT0047P4TdpH8";
    public static final String REVOKED = "sk_test_Ex67JohwPRxor8BlPJaqAwHU1IO8SLYeHj1cMbOy91a4eJ3je";
    public static final String ELSEWHERE = "sk_test_4RRCzgYKOh0cG4TZVwjEBw3CTg33O26KYtnRHlsUNsj0fZPzk";
    public static final String HERE = "sk_test_38xpfaSKjPm6QglWcebKKc2vRfYICHtVSVs95DTAQYR0xJjZ4";
    public static final String UNKNOWN = "sk_test_wg5kFERzW2nMgOhoJgkaQEAnenDtywqiwULVBqlv5UH45neBJ";
    public static final String ROBOT = "rk_test_PZtW1b1roVocdqzwfLFY5Xq744tC3WJk79VJKKBdD072otO3e";
    public static final String ROBOT_EXPIRED = "rk_test_D1PSTKGqUrUD2L3I6Ql1rd9kyP4ZH4sFHdWTKfsuu0H4eKnP1";

    private Credentials() {}

    /** A line that carries user name and password in UTF-8. */
    public static String basic(String user, String password) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    /** Alice may read orders and is a clerk. */
    public static String alice() {
        return basic("alice", PASSWORD);
    }

    /** A line that carries a key in its own field. */
    public static String key(String key) {
        return "X-API-Key: " + key;
    }

    /** A line that carries a token. */
    public static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }
}
