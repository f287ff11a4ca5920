package dev.countersign.scheme.hmac;

import dev.countersign.Identity;
import dev.countersign.key.Hmac;
import dev.countersign.key.Secret;

/**
 * A secret that one client signs with.
 *
 * @param id what clients name it by
 * @param secret the shared bytes
 * @param hmac HMAC-SHA256 of them
 * @param identity what a good signature proves
 */
record HmacKey(String id, Secret secret, Hmac hmac, Identity identity) {
    HmacKey(String id, Secret secret, Identity identity) {
        this(id, secret, Hmac.sha256(secret), identity);
    }
}
