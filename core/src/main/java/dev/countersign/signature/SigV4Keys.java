package dev.countersign.signature;

import dev.countersign.key.Secret;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Derives signing keys of Signature Version 4, and keeps those that were asked for lately: at most {@value #SLOTS}. A
 * secret that was reloaded never meets the key of the one before. Safe for use by many threads.
 */
public final class SigV4Keys {
    private static final int SLOTS = 512;

    private record Entry(Secret secret, SigV4Scope scope, SigV4Key key) {
        boolean isOf(Secret otherSecret, SigV4Scope otherScope) {
            return scope.equals(otherScope) && secret.equals(otherSecret);
        }

        @Override
        public String toString() {
            return "Entry[" + scope + "]";
        }
    }

    private final AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(SLOTS);

    /** Without any key. */
    public SigV4Keys() {}

    /** The key of this secret for this scope. */
    public SigV4Key key(Secret secret, SigV4Scope scope) {
        int hash = System.identityHashCode(secret) * 31 + scope.hashCode();
        int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        Entry known = entries.get(slot);
        if (known != null && known.isOf(secret, scope)) {
            return known.key();
        }
        SigV4Key key = SigV4Key.derive(secret, scope);
        entries.lazySet(slot, new Entry(secret, scope, key));
        return key;
    }

    /** Only the type's name. */
    @Override
    public String toString() {
        return "SigV4Keys[****]";
    }
}
