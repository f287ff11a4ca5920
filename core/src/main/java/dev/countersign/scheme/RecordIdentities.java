package dev.countersign.scheme;

import dev.countersign.Verification;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The answers to good credentials that were made from records of a store lately, so that a caller who comes again costs no
 * new one. It vouches for nothing: whoever asks has judged the credential and the record before. Safe for use by many
 * threads; keeps at most {@value #SLOTS} records.
 *
 * @param <R> the store's record, which alone decides the answer; another object is another record
 */
public final class RecordIdentities<R> {
    private static final int SLOTS = 1024;

    /** Weak, so that a record that its store has forgotten is not kept here. */
    private static final class Entry<R> extends WeakReference<R> {
        private final Verification.Verified verified;

        Entry(R record, Verification.Verified verified) {
            super(record);
            this.verified = verified;
        }
    }

    private final AtomicReferenceArray<@Nullable Entry<R>> entries = new AtomicReferenceArray<>(SLOTS);

    /**
     * The answer that was made for a record; null if it has to be made.
     *
     * @param hash any hash of the record's key
     */
    public Verification.@Nullable Verified find(R record, int hash) {
        Entry<R> known = entries.get(slot(hash));
        return known != null && known.refersTo(record) ? known.verified : null;
    }

    /** Keeps the answer for a record, and returns it. */
    public Verification.Verified keep(R record, int hash, Verification.Verified verified) {
        entries.lazySet(slot(hash), new Entry<>(record, verified));
        return verified;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 16) & (SLOTS - 1);
    }
}
