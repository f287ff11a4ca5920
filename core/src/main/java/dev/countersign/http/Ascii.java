package dev.countersign.http;

/** Letter case as HTTP means it: ASCII letters only, whatever the locale, so that no Turkish i changes an answer. */
public final class Ascii {
    private Ascii() {}

    /** Whether both are equal but for the case of the letters A to Z. The Kelvin sign does not equal a k. */
    public static boolean equalsIgnoreCase(String a, String b) {
        return a.length() == b.length() && startsWithIgnoreCase(a, b);
    }

    /** Whether {@code text} begins with {@code start} but for the case of the letters A to Z. */
    static boolean startsWithIgnoreCase(String text, String start) {
        if (text.length() < start.length()) {
            return false;
        }
        for (int i = 0; i < start.length(); i++) {
            if (lowerCase(text.charAt(i)) != lowerCase(start.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** With the letters A to Z in lower case and everything else as it is. */
    public static String lowerCase(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != lowerCase(text.charAt(i))) {
                StringBuilder lower = new StringBuilder(text.length());
                for (int j = 0; j < text.length(); j++) {
                    lower.append(lowerCase(text.charAt(j)));
                }
                return lower.toString();
            }
        }
        return text;
    }

    static char lowerCase(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hexDigit(char c) {
        if (isDigit(c)) {
            return c - '0';
        }
        char lower = lowerCase(c);
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }
}
