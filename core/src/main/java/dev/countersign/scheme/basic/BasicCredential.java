package dev.countersign.scheme.basic;

import dev.countersign.Credential;
import dev.countersign.http.FieldValue;

/**
 * A user name and a password as they came on the wire.
 *
 * @param user not empty, without control characters and colons
 * @param password not empty, without control characters
 */
record BasicCredential(String user, String password) implements Credential {
    private static final int HINT_CHARS = 64;

    /** The user name, at most 64 characters, with what could move text about in a log replaced. */
    @Override
    public String hint() {
        if (user.length() <= HINT_CHARS && FieldValue.isVisibleAscii(user)) {
            return user;
        }
        StringBuilder shown = new StringBuilder();
        user.codePoints().limit(HINT_CHARS).forEach(c -> shown.appendCodePoint(isPlain(c) ? c : '?'));
        return shown.toString();
    }

    @Override
    public String carrier() {
        return BasicCredentialParser.AUTHORIZATION;
    }

    /** The hint, never the password. */
    @Override
    public String toString() {
        return "BasicCredential[" + hint() + "]";
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
