/**
 * Webhooks: requests that a provider signs, each in its own way ({@link dev.countersign.signature.WebhookProfile}), with a
 * secret that it shares with the application, or a private key. The challenge is ours, RFC 9110 section 11.6.1 for its
 * grammar:
 *
 * <pre>
 * POST /hooks/stripe HTTP/1.1
 * Stripe-Signature: t=1767867932,v1=1414c79f4b6136e8…
 *
 * HTTP/1.1 401 Unauthorized
 * WWW-Authenticate: Webhook realm="orders", provider="stripe", error="invalid_signature"
 * </pre>
 *
 * <p>Handled: content other than what was signed (the bytes as they came decide), old and future timestamps, timestamps
 * that are not signed, values that could be taken for one another, several signatures and secrets (bounded), weaker
 * algorithms beside strong ones, public keys used as secrets, URLs built from what a proxy or a client says. Not handled:
 * what a provider does not sign, which the documentation names for each; a delivery that comes again inside its tolerance,
 * which the Gate answers by {@link dev.countersign.Verification.Verified#events}.
 *
 * <p>There is no store: secrets are settings.
 */
@NullMarked
package dev.countersign.scheme.webhook;

import org.jspecify.annotations.NullMarked;
