/**
 * Requests that are signed with a secret, or a private key, that only the client and this side know of.
 */
@NullMarked
package dev.countersign.scheme.hmac;

import org.jspecify.annotations.NullMarked;
