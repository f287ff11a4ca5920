package dev.countersign.signature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a timestamp is written. Each form ends and begins by itself, so that what stands before or behind it in a signed text
 * cannot be taken for a part of it.
 */
public enum WebhookTimeFormat {
    /** Seconds since 1970, in digits. */
    SECONDS,
    /** Milliseconds since 1970, in digits. */
    MILLISECONDS,
    /** ISO 8601 in UTC, such as {@code 2026-11-22T10:00:00Z}, with up to nine digits of a second. */
    ISO_8601;

    private static final int MOST_DIGITS = 15;
    private static final String ISO = "dddd-dd-ddTdd:dd:dd";
    private static final int MOST_OF_A_SECOND = 9;

    /** The instant that a text stands for; null if it is not written so, to the letter. */
    public @Nullable Instant parse(String text) {
        return switch (this) {
            case SECONDS ->
                isDigits(text, 0, text.length(), MOST_DIGITS) ? Instant.ofEpochSecond(Long.parseLong(text)) : null;
            case MILLISECONDS ->
                isDigits(text, 0, text.length(), MOST_DIGITS) ? Instant.ofEpochMilli(Long.parseLong(text)) : null;
            case ISO_8601 -> iso(text);
        };
    }

    /** The text of an instant; what it cannot say of it is left out. */
    public String format(Instant instant) {
        return switch (this) {
            case SECONDS -> Long.toString(instant.getEpochSecond());
            case MILLISECONDS -> Long.toString(instant.toEpochMilli());
            case ISO_8601 -> instant.truncatedTo(ChronoUnit.SECONDS).toString();
        };
    }

    /** Whether a character can stand at the edge of a text in this form: then it separates nothing from it. */
    boolean canTouch(char c) {
        // A text in ISO 8601 begins 11 characters before its one T and ends with its one Z, whatever stands around it.
        return this != ISO_8601 && c >= '0' && c <= '9';
    }

    private static @Nullable Instant iso(String text) {
        int end = text.length() - 1;
        if (end < ISO.length() || text.charAt(end) != 'Z') {
            return null;
        }
        for (int i = 0; i < ISO.length(); i++) {
            char wanted = ISO.charAt(i);
            char c = text.charAt(i);
            if (wanted == 'd' ? c < '0' || c > '9' : c != wanted) {
                return null;
            }
        }
        boolean whole = end == ISO.length();
        if (!whole && (text.charAt(ISO.length()) != '.' || !isDigits(text, ISO.length() + 1, end, MOST_OF_A_SECOND))) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean isDigits(String text, int start, int end, int most) {
        if (end <= start || end - start > most) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
