package dev.countersign.scheme;

import dev.countersign.WorkLimit;
import dev.countersign.state.State;
import java.time.InstantSource;

/**
 * What every room may use.
 *
 * @param clock the only source of time
 * @param state where shared, expiring entries live
 * @param realm the global realm, for schemes without one of their own
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
        int headersMax,
        int tokenMax,
        int jsonMaxDepth,
        WorkLimit hashing,
        WorkLimit verifying) {}
