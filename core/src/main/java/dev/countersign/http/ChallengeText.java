package dev.countersign.http;

import java.util.HashSet;
import java.util.Set;

/**
 * Formats one challenge for a {@code WWW-Authenticate} field line of its own (RFC 9110 section 11.6.1). Every value
 * becomes a quoted-string. Whatever is no printable ASCII character leaves as a question mark, so that no value can end
 * the line. Not for use by several threads.
 *
 * <pre>{@code
 * ChallengeText.of("Basic").with("realm", "orders").with("charset", "UTF-8").toString()
 * }</pre>
 */
public final class ChallengeText {
    private final StringBuilder text;
    private final Set<String> names = new HashSet<>();

    private ChallengeText(String scheme) {
        text = new StringBuilder(128).append(scheme);
    }

    /**
     * A challenge without parameters.
     *
     * @throws IllegalArgumentException if the scheme is no token
     */
    public static ChallengeText of(String scheme) {
        if (!FieldValue.isToken(scheme)) {
            throw new IllegalArgumentException("The scheme of a challenge is no token");
        }
        return new ChallengeText(scheme);
    }

    /**
     * Adds a parameter. In {@code scope} and the {@code error} parameters also {@code "} and {@code \} become question
     * marks, because RFC 6750 section 3 does not allow them there; in all others they are escaped.
     *
     * @throws IllegalArgumentException if the name is no token, or stands already in this challenge
     */
    public ChallengeText with(String name, String value) {
        if (!FieldValue.isToken(name)) {
            throw new IllegalArgumentException("The name of a challenge parameter is no token");
        }
        String lowerName = Ascii.lowerCase(name);
        if (!names.add(lowerName)) {
            throw new IllegalArgumentException("A challenge has the parameter " + name + " twice");
        }
        boolean oauthText = lowerName.equals("scope")
                || lowerName.equals("error")
                || lowerName.equals("error_description")
                || lowerName.equals("error_uri");
        text.append(names.size() == 1 ? " " : ", ").append(name).append("=\"");
        for (int i = 0; i < value.length(); ) {
            int c = value.codePointAt(i);
            i += Character.charCount(c);
            if (c < ' ' || c > '~') {
                text.append('?');
            } else if (c == '"' || c == '\\') {
                text.append(oauthText ? "?" : "\\" + (char) c);
            } else {
                text.append((char) c);
            }
        }
        text.append('"');
        return this;
    }

    /** The field value. */
    @Override
    public String toString() {
        return text.toString();
    }
}
