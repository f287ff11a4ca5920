package dev.countersign.http;

/** What field values are made of (RFC 9110 sections 5.5, 5.6 and 11.2). */
public final class FieldValue {
    // Tables, because tokens are long and each character is asked about on every request.
    private static final boolean[] TOKEN = ascii("!#$%&'*+-.^_`|~");
    private static final boolean[] TOKEN68 = ascii("-._~+/");

    private FieldValue() {}

    /** Which ASCII characters are letters, digits or among these. */
    private static boolean[] ascii(String others) {
        boolean[] table = new boolean[128];
        for (char c = 0; c < table.length; c++) {
            table[c] = Ascii.isAlphanumeric(c) || others.indexOf(c) >= 0;
        }
        return table;
    }

    /** Whether it is a {@code token}: one or more {@code tchar} (RFC 9110 section 5.6.2). */
    public static boolean isToken(String text) {
        return !text.isEmpty() && tokenEnd(text, 0) == text.length();
    }

    /** Whether it is a {@code token68}: letters, digits and {@code -._~+/}, then any number of {@code =} (section 11.2). */
    public static boolean isToken68(String text) {
        return !text.isEmpty() && token68End(text, 0) == text.length();
    }

    /** Whether it is one or more visible ASCII characters (VCHAR, %x21-7E), so neither space nor control. */
    public static boolean isVisibleAscii(String text) {
        if (text.isEmpty()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** Whether a control character stands in it: C0, DEL or C1. */
    public static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || (c >= 0x7F && c <= 0x9F)) {
                return true;
            }
        }
        return false;
    }

    /** Without the optional white space (space and tab, RFC 9110 section 5.6.3) at both ends; no other is removed. */
    public static String trim(String text) {
        int start = skipWhitespace(text, 0);
        int end = text.length();
        while (end > start && isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** The end of the token that starts at {@code start}; {@code start} itself if none does. */
    static int tokenEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isTokenCharacter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** The end of the token68 that starts at {@code start}; {@code start} itself if none does. */
    static int token68End(String text, int start) {
        int end = start;
        while (end < text.length() && isToken68Character(text.charAt(end))) {
            end++;
        }
        if (end > start) {
            while (end < text.length() && text.charAt(end) == '=') {
                end++;
            }
        }
        return end;
    }

    static int skipWhitespace(String text, int start) {
        int i = start;
        while (i < text.length() && isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    static boolean isWhitespace(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isTokenCharacter(char c) {
        return c < TOKEN.length && TOKEN[c];
    }

    private static boolean isToken68Character(char c) {
        return c < TOKEN68.length && TOKEN68[c];
    }
}
