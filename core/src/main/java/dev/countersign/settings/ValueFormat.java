package dev.countersign.settings;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How typed values are written. What is not written so gives null. */
final class ValueFormat {
    private static final int LONGEST = 40;
    private static final int LONGEST_SHOWN = 80;

    private ValueFormat() {}

    static @Nullable Boolean flag(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }

    /** Digits of ASCII with an optional minus; beyond the range of a long its nearest end. */
    static @Nullable Long number(String value) {
        int first = value.startsWith("-") ? 1 : 0;
        if (first == value.length() || value.length() > LONGEST) {
            return null;
        }
        for (int i = first; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return null;
            }
        }
        try {
            return Long.valueOf(value);
        } catch (NumberFormatException e) {
            return first == 1 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** Bytes: {@code 8192}, {@code 8 KiB}, {@code 1MiB}. */
    static @Nullable Long size(String value) {
        int shift = value.endsWith("KiB") ? 10 : value.endsWith("MiB") ? 20 : value.endsWith("GiB") ? 30 : 0;
        Long count = number(
                shift == 0 ? value : value.substring(0, value.length() - 3).strip());
        if (count == null || shift == 0) {
            return count;
        }
        if (count < 0) {
            return count;
        }
        return count > Long.MAX_VALUE >> shift ? Long.valueOf(Long.MAX_VALUE) : Long.valueOf(count << shift);
    }

    static @Nullable Duration duration(String value) {
        if (value.length() > LONGEST) {
            return null;
        }
        try {
            return Duration.parse(value);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Whole days as days, else as {@link Duration} writes it. */
    static String format(Duration duration) {
        return !duration.isZero() && duration.equals(Duration.ofDays(duration.toDays()))
                ? "P" + duration.toDays() + "D"
                : duration.toString();
    }

    /** A size as people write it. */
    static String formatSize(long bytes) {
        if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
            return (bytes >> 20) + " MiB";
        }
        return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : Long.toString(bytes);
    }

    /** A constant's name as it is written in settings. */
    static String format(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Text from outside in a message: cut, and without control characters. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST_SHOWN); i++) {
            char c = text.charAt(i);
            boolean plain = !Character.isISOControl(c) && c != '\u2028' && c != '\u2029' && !Character.isSurrogate(c);
            shown.append(plain ? c : '?');
        }
        return text.length() > LONGEST_SHOWN ? shown.append('…').toString() : shown.toString();
    }

    /** Whether it is a name of a scheme, path rule, limit …: {@code [a-z][a-z0-9-]*}. */
    static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            boolean further = (c >= '0' && c <= '9') || c == '-';
            if (!letter && (i == 0 || !further)) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
