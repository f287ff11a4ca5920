/**
 * API keys: {@code X-API-Key: <key>} or {@code Authorization: ApiKey <key>}, and {@code Authorization: Bearer <key>}
 * where the settings allow it (RFC 6750 section 2.1 for the form alone: a key is no OAuth token). The challenge is ours,
 * RFC 9110 section 11.6.1 for its grammar:
 *
 * <pre>
 * GET /orders HTTP/1.1
 * X-API-Key: sk_live_…
 *
 * HTTP/1.1 401 Unauthorized
 * WWW-Authenticate: ApiKey realm="orders", in="header", name="X-API-Key", error="invalid_key"
 * </pre>
 *
 * <p>Handled: guessing (at least 128 random bits), timing (keys are hashed before they are compared), a stolen store (it
 * has digests alone), keys for unset keys (empty, {@code null}), two keys in one request, keys used from elsewhere (CIDR
 * lists). Not handled: a stolen key, which is as good as the right one until it is revoked.
 */
@NullMarked
package dev.countersign.scheme.apikey;

import org.jspecify.annotations.NullMarked;
