package dev.countersign.state;

import java.security.MessageDigest;

/** The content of an entry or a change in memory, and the millisecond in which it is gone. */
final class Held implements Expiring {
    private final byte[] value;
    private final long expiresAt;

    Held(byte[] value, long expiresAt) {
        this.value = value.clone();
        this.expiresAt = expiresAt;
    }

    byte[] value() {
        return value.clone();
    }

    /** In constant time, because an entry may hold what is as good as a secret. */
    boolean hasValue(byte[] expected) {
        return MessageDigest.isEqual(value, expected);
    }

    boolean expiredAt(long now) {
        return expiresAt <= now;
    }

    @Override
    public long expiresAt() {
        return expiresAt;
    }
}
