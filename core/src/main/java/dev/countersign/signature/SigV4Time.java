package dev.countersign.signature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Times as Signature Version 4 writes them: {@code 20130524T000000Z}, in UTC and to the second. */
public final class SigV4Time {
    private static final int LENGTH = 16;
    private static final int DATE_LENGTH = 8;

    private SigV4Time() {}

    /** Reads a time; empty if it is not of that form, or no time. */
    public static Optional<Instant> parse(String text) {
        if (text.length() != LENGTH || text.charAt(DATE_LENGTH) != 'T' || text.charAt(LENGTH - 1) != 'Z') {
            return Optional.empty();
        }
        for (int i = 0; i < LENGTH - 1; i++) {
            if (i != DATE_LENGTH && (text.charAt(i) < '0' || text.charAt(i) > '9')) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 4, 6),
                            number(text, 6, 8),
                            number(text, 9, 11),
                            number(text, 11, 13),
                            number(text, 13, 15))
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Writes a time of the years 1 to 9999, without what is left of its second. */
    public static String format(Instant time) {
        LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(LENGTH);
        append(text, utc.getYear(), 4);
        append(text, utc.getMonthValue(), 2);
        append(text, utc.getDayOfMonth(), 2);
        text.append('T');
        append(text, utc.getHour(), 2);
        append(text, utc.getMinute(), 2);
        append(text, utc.getSecond(), 2);
        return text.append('Z').toString();
    }

    /** The day of a time in this form. */
    public static String date(String timestamp) {
        return timestamp.substring(0, DATE_LENGTH);
    }

    private static int number(String text, int start, int end) {
        return Integer.parseInt(text, start, end, 10);
    }

    private static void append(StringBuilder text, int number, int digits) {
        String shown = Integer.toString(number);
        text.append("0".repeat(Math.max(0, digits - shown.length()))).append(shown);
    }
}
