/**
 * Strict reading of compact JWS tokens (RFC 7515) and of the keys that verify them (RFC 7517, PEM). The only package that
 * knows the JWT library beneath, of which it uses the signature algorithms and not the parser.
 */
@NullMarked
package dev.countersign.jose;

import org.jspecify.annotations.NullMarked;
