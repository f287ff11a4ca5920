package dev.countersign.scheme.hmac;

import java.time.Duration;

/**
 * Settings of the profile {@code generic}.
 *
 * @param realm the realm of its challenge
 * @param window how old, and how far of the future, a signature may be
 * @param replay whether a signature is good once
 * @param debugCanonical whether what should have been signed is logged, at level DEBUG, for a signature that is wrong
 */
record GenericSettings(String realm, Duration window, ReplayPolicy replay, boolean debugCanonical) {}
