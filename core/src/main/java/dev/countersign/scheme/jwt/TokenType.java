package dev.countersign.scheme.jwt;

import java.util.Locale;
import java.util.Optional;

/** Which {@code typ} a token's header may have: the guard against tokens of another kind (RFC 8725 section 3.11). */
public enum TokenType {
    /** Absent, {@code JWT}, {@code at+jwt} or {@code application/at+jwt}: what authorization servers send in practice. */
    ANY("any"),
    /** {@code at+jwt} or {@code application/at+jwt} (RFC 9068 section 4). */
    ACCESS_TOKEN("at+jwt");

    private final String setting;

    TokenType(String setting) {
        this.setting = setting;
    }

    /** The policy of this name in the settings, {@code any} or {@code at+jwt}; empty for every other text. */
    public static Optional<TokenType> named(String setting) {
        for (TokenType type : values()) {
            if (type.setting.equals(setting)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Whether a token with this {@code typ} may come; compared without regard to case, as media types are. */
    boolean accepts(Optional<String> type) {
        if (type.isEmpty()) {
            return this == ANY;
        }
        String name = type.get().toLowerCase(Locale.ROOT);
        return name.equals("at+jwt") || name.equals("application/at+jwt") || (this == ANY && name.equals("jwt"));
    }
}
