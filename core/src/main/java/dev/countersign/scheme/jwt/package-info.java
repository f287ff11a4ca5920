/**
 * Access tokens that are JWTs (RFC 7519, RFC 9068), sent as {@code Authorization: Bearer} (RFC 6750).
 *
 * <pre>
 * GET /orders HTTP/1.1
 * Authorization: Bearer eyJhbGciOiJFUzI1NiIsImtpZCI6ImsxIn0.eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUuY29tIi…
 *
 * HTTP/1.1 401 Unauthorized
 * WWW-Authenticate: Bearer realm="orders", scope="orders:read", error="invalid_token",
 *     error_description="The access token is invalid"
 * </pre>
 *
 * <p><b>Handled</b> (RFC 8725): unsigned tokens; an algorithm that is not in the configured list or not the key's; keys
 * that come with the token; keys of another issuer or for another use; weak keys; headers and payloads that can be read
 * in two ways; compressed, encrypted, oversized and deeply nested tokens; critical extensions; wrong issuer, audience or
 * kind of token; every claim of time, of the right type; sender-constrained tokens used as plain Bearer; revocation by id
 * and by subject; floods of unseen tokens, whose verification is bounded.
 *
 * <p><b>Not handled</b>: a stolen token is good until it expires or is revoked. Key sets are configured, not fetched; no
 * field of a token is ever fetched from.
 *
 * <p>There is no store: what is looked up is the blocklist of {@code dev.countersign.token}.
 */
@NullMarked
package dev.countersign.scheme.jwt;

import org.jspecify.annotations.NullMarked;
