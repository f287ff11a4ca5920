package dev.countersign.jose;

import io.jsonwebtoken.security.SecureDigestAlgorithm;
import io.jsonwebtoken.security.VerifySecureDigestRequest;
import java.io.InputStream;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** One question to the library: is {@code digest} the signature of {@code input} under {@code key}? */
final class VerifyRequest<K extends Key> implements VerifySecureDigestRequest<K> {
    private final K key;
    private final InputStream input;
    private final byte[] digest;

    private VerifyRequest(K key, InputStream input, byte[] digest) {
        this.key = key;
        this.input = input;
        this.digest = digest;
    }

    @SuppressWarnings("unchecked")
    static boolean verifies(
            SecureDigestAlgorithm<? extends Key, ? extends Key> algorithm, Key key, InputStream input, byte[] digest) {
        // The library checks the key's type and strength itself, and refuses one that does not fit.
        return ((SecureDigestAlgorithm<Key, Key>) algorithm).verify(new VerifyRequest<>(key, input, digest));
    }

    @Override
    public InputStream getPayload() {
        return input;
    }

    @Override
    public byte[] getDigest() {
        return digest;
    }

    @Override
    public K getKey() {
        return key;
    }

    @Override
    public @Nullable Provider getProvider() {
        return null;
    }

    @Override
    public @Nullable SecureRandom getSecureRandom() {
        return null;
    }
}
