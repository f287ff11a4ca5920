package dev.countersign.scheme.hmac;

import dev.countersign.Identity;
import dev.countersign.key.Secret;

/**
 * A secret that one client signs with.
 *
 * @param id what clients name it by
 * @param secret the shared bytes
 * @param identity what a good signature proves
 */
record HmacKey(String id, Secret secret, Identity identity) {}
