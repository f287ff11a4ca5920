package dev.countersign.scheme.jwt;

import dev.countersign.Credential;
import dev.countersign.jose.CompactJws;
import dev.countersign.jose.KeySet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Bearer value that came on the wire, read as far as claiming needs, so that it is read once. */
sealed interface JwtCredential extends Credential {
    /** A token that was verified before, with the keys that are still in force. */
    record Known(VerifiedTokens.Digest digest, VerifiedTokens.Entry entry) implements JwtCredential {
        @Override
        public String hint() {
            return entry.verified().identity().hint();
        }

        @Override
        public String toString() {
            return "JwtCredential[" + hint() + "]";
        }
    }

    /**
     * A token that can be read, and for which nobody vouches.
     *
     * @param keys the keys in force when it came
     */
    record Unseen(VerifiedTokens.Digest digest, KeySet keys, CompactJws jws, Map<String, Object> claims, String hint)
            implements JwtCredential {
        @Override
        public String toString() {
            return "JwtCredential[" + hint + "]";
        }
    }

    /**
     * Something else.
     *
     * @param problem why it cannot be read, for the log
     */
    record Unreadable(String problem) implements JwtCredential {
        @Override
        public String hint() {
            return "jwt";
        }
    }

    static JwtCredential unseen(VerifiedTokens.Digest digest, KeySet keys, CompactJws jws, Map<String, Object> claims) {
        return new Unseen(digest, keys, jws, claims, hint(jws.keyId().orElse(null), claims.get("jti")));
    }

    static JwtCredential unreadable(String problem) {
        return new Unreadable(problem);
    }

    @Override
    default String carrier() {
        return "authorization";
    }

    /** {@code kid} and {@code jti}, cleaned and cut: no credential, and safe in a log line. */
    private static String hint(@Nullable String keyId, @Nullable Object tokenId) {
        StringBuilder hint = new StringBuilder();
        if (keyId != null) {
            append(hint.append("kid="), keyId);
        }
        if (tokenId instanceof String id) {
            append(hint.append(hint.isEmpty() ? "jti=" : ",jti="), id);
        }
        return hint.isEmpty() ? "jwt" : hint.toString();
    }

    private static void append(StringBuilder hint, String value) {
        int most = 64;
        for (int i = 0; i < value.length() && i < most; i++) {
            char c = value.charAt(i);
            hint.append(c > ' ' && c <= '~' && c != ',' ? c : '?');
        }
    }
}
