package dev.countersign.scheme.apikey;

import dev.countersign.StoreUnavailableException;
import java.util.Optional;

/**
 * Where key records live: a file, or what an application brings. It is asked with a digest and never sees a key, so
 * there is nothing of a request in a query. Safe for use by many threads; it may block.
 */
@FunctionalInterface
public interface ApiKeyStore {
    /**
     * The record of the key with this digest, whatever its status.
     *
     * @return empty if there is none; a record with another digest is taken for none
     * @throws StoreUnavailableException if it cannot be told now: the answer is then 503, not "unknown"
     */
    Optional<ApiKeyRecord> find(ApiKeyDigest digest);
}
