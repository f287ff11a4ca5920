package dev.countersign.scheme;

import dev.countersign.WorkLimit;
import dev.countersign.state.State;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What every room may use.
 *
 * @param clock the only source of time
 * @param state where shared, expiring entries live
 * @param realm the global realm, for schemes without one of their own
 * @param baseUrl the external origin and path of the application, absolute and without a slash at its end, where it is
 *     configured: what clients sign, whatever a proxy makes of it
 * @param headersMax the longest credential in a header field, in bytes
 * @param tokenMax the longest token, in bytes
 * @param jsonMaxDepth how deep JSON may be nested
 * @param hashing bounds concurrent password hashing
 * @param verifying bounds concurrent cold public-key verification
 */
public record SchemeContext(
        InstantSource clock,
        State state,
        String realm,
        Optional<String> baseUrl,
        int headersMax,
        int tokenMax,
        int jsonMaxDepth,
        WorkLimit hashing,
        WorkLimit verifying) {}
