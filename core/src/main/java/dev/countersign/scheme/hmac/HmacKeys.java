package dev.countersign.scheme.hmac;

import dev.countersign.settings.Reloadable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The secrets of one instance, by their ids. Immutable; the secrets themselves may be reloaded. */
final class HmacKeys {
    private final Map<String, Reloadable<HmacKey>> keys;
    private final HmacKey decoy;

    /** @param decoy what is computed with where a key is unknown, so that the answer takes as long */
    HmacKeys(Map<String, Reloadable<HmacKey>> keys, HmacKey decoy) {
        this.keys = Map.copyOf(keys);
        this.decoy = decoy;
    }

    /** Whether there is none. */
    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The key of this id as it is now; null if there is none. */
    @Nullable
    HmacKey find(String id) {
        Reloadable<HmacKey> key = keys.get(id);
        return key == null ? null : key.current();
    }

    /** A key that nobody has: what is signed with it is wrong, whatever came out (SIG-18). */
    HmacKey decoy() {
        return decoy;
    }
}
