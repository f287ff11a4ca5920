package dev.countersign.scheme.hmac;

import java.time.Duration;

/**
 * Settings of the profile {@code sigv4}.
 *
 * @param realm the realm of its challenge
 * @param region the region that clients sign for, such as {@code us-east-1}
 * @param service the service that clients sign for; {@code s3} has rules of its own for paths
 * @param window how old, and how far of the future, a signature may be; a presigned one is good as long as it says
 * @param replay whether a signature is good once
 * @param presigned whether a signature may stand in the query
 * @param unsignedPayload whether a client may leave the content unsigned
 * @param awsErrors whether answers are those that AWS SDKs understand, in place of challenges
 * @param debugCanonical whether the canonical request is logged, at level DEBUG, for a signature that is wrong
 */
record SigV4Settings(
        String realm,
        String region,
        String service,
        Duration window,
        ReplayPolicy replay,
        boolean presigned,
        boolean unsignedPayload,
        boolean awsErrors,
        boolean debugCanonical) {

    /** The defaults, with these. */
    static SigV4Settings of(String realm, String region, String service) {
        return new SigV4Settings(
                realm, region, service, Duration.ofMinutes(5), ReplayPolicy.OFF, false, false, false, false);
    }
}
