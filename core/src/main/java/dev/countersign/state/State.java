package dev.countersign.state;

import dev.countersign.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Expiring entries with a few atomic operations: the one place for state that nodes share. Nonces, revocations, limits
 * and the like are built on it, and so work on one node and on many without knowing which.
 *
 * <p><b>Names.</b> Every operation names a <em>use</em> ({@code nonces}, {@code revocations}, {@code limits} …), which is
 * a name space of its own, and most a key in it. A use matches {@code [a-z][a-z0-9-]*} with at most 32 characters. A key
 * has 1 to {@value StateLimits#MAX_KEY_CHARS} printable ASCII characters ({@code !} to {@code ~}); whoever has longer
 * or other keys hashes them first. Values have at most {@value StateLimits#MAX_VALUE_BYTES} bytes. Entries, windows and
 * change streams of one use do not see each other. {@link StateLimits} checks all of this.
 *
 * <p><b>Time.</b> An entry exists until its duration, counted from the moment of writing by the clock of the store, has
 * passed; in the instant in which it has passed, the entry is gone. Durations are rounded up to whole milliseconds, at
 * least one and at most {@link StateLimits#MAX_DURATION}. No operation takes a time from its caller, so that nodes with
 * differing clocks agree.
 *
 * <p><b>Atomicity.</b> Every operation is atomic with respect to every other one on the same use and key, on every node:
 * of any number of callers that put, compare or take at once, the result is that of some order of them one by one.
 *
 * <p><b>Never forgetting.</b> An entry is never dropped before it expires. A state that is full refuses the operation
 * with {@link StoreUnavailableException#full}; one that cannot be reached throws {@link
 * StoreUnavailableException#outage}. Whoever catches these must not take them for "absent".
 *
 * <p>Implementations are safe for use by many threads, and pass the contract tests {@code StateContract} of
 * countersign-core.
 */
public interface State extends AutoCloseable {
    /**
     * State in the memory of this process, for one node.
     *
     * @param maxEntries how many entries, how many windows and how many changes one use may have at once, at least 1;
     *     what goes beyond is refused, so that a flood of one use leaves the others alone
     * @param clock the clock of the store
     */
    static State inMemory(int maxEntries, InstantSource clock) {
        return new InMemoryState(maxEntries, clock);
    }

    /**
     * Writes an entry if there is none.
     *
     * @param value its content, which may be empty
     * @param duration how long the entry exists
     * @return whether it was written; false if an entry was there, which is left as it is
     * @throws StoreUnavailableException if the store is full or out of reach
     */
    boolean putIfAbsent(String use, String key, byte[] value, Duration duration);

    /**
     * The content of an entry.
     *
     * @return a copy; empty if there is no entry
     * @throws StoreUnavailableException if the store is out of reach
     */
    Optional<byte[]> get(String use, String key);

    /**
     * Writes an entry if its content is what the caller expects.
     *
     * @param expected the content that the entry must have, or null if there must be no entry
     * @param value the new content
     * @param duration how long the entry exists from now on
     * @return whether it was written
     * @throws StoreUnavailableException if the store is full or out of reach
     */
    boolean compareAndSet(String use, String key, byte @Nullable [] expected, byte[] value, Duration duration);

    /**
     * Removes an entry.
     *
     * @return whether there was one; of several callers at once, one is told so
     * @throws StoreUnavailableException if the store is out of reach
     */
    boolean remove(String use, String key);

    /**
     * Takes from a sliding window: admits if, with this cost, no more than the quota was taken in the window that ends
     * now. In no window of that length, wherever it begins, is more than the quota admitted. What was taken comes back
     * no earlier than one window later, and no later than one window and a sixteenth of it; what is refused takes
     * nothing.
     *
     * <p>All callers of one key pass the same quota and window.
     *
     * @param quota how much may be taken in one window, at least 1
     * @param window its length, as a duration of this interface
     * @param cost how much to take, at least 0 and at most the quota; 0 takes nothing and tells what is left
     * @throws StoreUnavailableException if the store is full or out of reach
     */
    Take take(String use, String key, long quota, Duration window, long cost);

    /**
     * Appends a change to the stream of this use.
     *
     * @param value the content of the change
     * @param duration how long readers can find it; choose it so long that it does not matter afterwards
     * @throws StoreUnavailableException if the store is full or out of reach; the change is then not made
     */
    void append(String use, byte[] value, Duration duration);

    /**
     * The changes of a use after a cursor, in the order in which they were appended. A reader that keeps the returned
     * cursor sees every change that has not expired, at least once, in order, and never a later one before an earlier
     * one. A cursor that this store does not know (from another store, or from before its data was lost) starts at the
     * beginning.
     *
     * @param cursor the one returned by the reading before; {@link Changes#START} for the first
     * @return at most {@value StateLimits#MAX_CHANGES} changes; read again at once if {@link Changes#more}
     * @throws StoreUnavailableException if the store is out of reach
     */
    Changes changesSince(String use, String cursor);

    /**
     * Whether nothing was ever written under a use, so that a reader can do without a look-up. Costs no I/O: a state that
     * cannot tell at once, or that nodes share, says no.
     *
     * @return true only if everything that was written before this call, by whomever, is under other uses
     */
    default boolean isUntouched(String use) {
        return false;
    }

    /** Releases what the state holds. Afterwards every operation throws {@link StoreUnavailableException}. */
    @Override
    void close();
}
