package dev.countersign.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Something that is gone in a certain millisecond of the store's clock. */
interface Expiring {
    long expiresAt();

    /**
     * A map of expiring things. Caffeine's timer wheel finds what has expired; it works on the threads of the callers, so
     * that there is no thread to stop and none to leak. There is no maximum size, because Caffeine would evict.
     */
    static <V extends Expiring> Cache<String, V> map(InstantSource clock) {
        return Caffeine.newBuilder()
                .executor(Runnable::run)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(new Expiry<String, V>() {
                    @Override
                    public long expireAfterCreate(String key, V value, long now) {
                        // From the ticker's own reading: a second look at the clock could lose a millisecond.
                        return TimeUnit.MILLISECONDS.toNanos(value.expiresAt()) - now;
                    }

                    @Override
                    public long expireAfterUpdate(String key, V value, long now, long left) {
                        return expireAfterCreate(key, value, now);
                    }

                    @Override
                    public long expireAfterRead(String key, V value, long now, long left) {
                        return left;
                    }
                })
                .build();
    }

    /** Whether a map has so many things, after dropping what has expired, that another one must be refused. */
    static boolean full(Cache<String, ?> map, int max) {
        if (map.estimatedSize() < max) {
            return false;
        }
        map.cleanUp();
        return map.estimatedSize() >= max;
    }
}
