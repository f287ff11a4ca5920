package dev.countersign.password;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** A hash that costs nothing and counts how often it, or one of its decoys, was computed. */
public final class CountingPasswordHash extends PasswordHash {
    private final byte[] password;
    private final AtomicInteger computed;
    private final Runnable whenComputed;

    private CountingPasswordHash(String encoded, byte[] password, AtomicInteger computed, Runnable whenComputed) {
        super(encoded);
        this.password = password;
        this.computed = computed;
        this.whenComputed = whenComputed;
    }

    /** A hash that this password matches. */
    public static CountingPasswordHash of(String password) {
        return of(password, () -> {});
    }

    /** A hash that this password matches, and that runs {@code whenComputed} each time. */
    public static CountingPasswordHash of(String password, Runnable whenComputed) {
        return new CountingPasswordHash(
                "counting:" + password, password.getBytes(StandardCharsets.UTF_8), new AtomicInteger(), whenComputed);
    }

    /** How many hashes were computed, here and in decoys. */
    public int computed() {
        return computed.get();
    }

    @Override
    boolean verify(byte[] candidate) {
        computed.incrementAndGet();
        whenComputed.run();
        return Arrays.equals(password, candidate);
    }

    @Override
    public PasswordHash decoy() {
        return new CountingPasswordHash("counting decoy", new byte[0], computed, whenComputed);
    }

    @Override
    public String cost() {
        return "nothing";
    }

    @Override
    public long weight() {
        return 1;
    }

    @Override
    public boolean isWeak() {
        return false;
    }
}
