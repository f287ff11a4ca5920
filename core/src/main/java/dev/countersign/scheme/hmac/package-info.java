/**
 * Requests that are signed with a secret, or a private key, that only the client and this side know of, in one of several
 * forms: a {@link dev.countersign.scheme.hmac.SignatureProfile} each. {@code generic} is Countersign's own, HMAC-SHA256
 * over the parts that {@link dev.countersign.signature.GenericSignature} lists:
 *
 * <pre>
 * POST /orders HTTP/1.1
 * Host: api.example.com
 * X-Key-Id: acme-1
 * X-Timestamp: 1700000000
 * X-Nonce: 7Rk2
 * X-Signature: 5ad6…
 *
 * HTTP/1.1 401 Unauthorized
 * WWW-Authenticate: HMAC-SHA256 realm="orders", headers="x-timestamp x-signature x-key-id", error="expired_signature"
 * </pre>
 *
 * <p>Handled: changed requests (method, host, path, query and content are covered), replays (a nonce or signature is good
 * once), old and post-dated requests, telling by answer or by work whether a key exists, public keys as secrets, contents
 * larger than what is kept. Not handled: a stolen secret, and header fields, which the generic form does not cover.
 *
 * <p>There is no store: secrets are settings, {@link dev.countersign.scheme.hmac.HmacKeys}.
 */
@NullMarked
package dev.countersign.scheme.hmac;

import org.jspecify.annotations.NullMarked;
