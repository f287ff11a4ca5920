package dev.countersign.signature;

import java.util.Optional;

/**
 * A response, as signatures see it.
 *
 * @param status its status code
 * @param headers its header fields
 * @param trailers its trailer fields
 * @param request the request that it answers, for components with {@code ;req} (RFC 9421 section 2.4); empty if unknown
 */
public record ResponseParts(int status, Fields headers, Fields trailers, Optional<RequestParts> request)
        implements MessageParts {}
