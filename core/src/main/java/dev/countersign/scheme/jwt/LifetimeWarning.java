package dev.countersign.scheme.jwt;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log, once, that the issuer hands out tokens that live longer than they should. */
final class LifetimeWarning {
    private static final Logger LOG = LoggerFactory.getLogger(LifetimeWarning.class);

    private final String scheme;
    private final Duration longest;
    private final AtomicBoolean told = new AtomicBoolean();

    LifetimeWarning(String scheme, Duration longest) {
        this.scheme = scheme;
        this.longest = longest;
    }

    /** @param lifetime that of a good token; null if it never expires */
    void seen(@Nullable Duration lifetime) {
        boolean longer = lifetime == null || lifetime.compareTo(longest) > 0;
        if (longer && told.compareAndSet(false, true)) {
            LOG.warn(
                    "countersign.scheme.{}.warn-lifetime: a token that lives {} (expected: at most {})",
                    scheme,
                    lifetime == null ? "for ever" : lifetime,
                    longest);
        }
    }
}
