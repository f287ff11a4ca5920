/**
 * HTTP Basic (RFC 7617): user name and password in {@code Authorization}, base64 of UTF-8, split at the first colon.
 *
 * <pre>
 * GET /orders HTTP/1.1
 * Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==
 *
 * HTTP/1.1 401 Unauthorized
 * WWW-Authenticate: Basic realm="orders", charset="UTF-8"
 * </pre>
 *
 * <p>Names and passwords are compared as the bytes that came: case-sensitive and without Unicode normalisation, so that no
 * two spellings are one user. (RFC 7617 section 2.1 has clients send NFC.)
 *
 * <p>Handled: stolen stores (passwords are hashed), telling by answer or by work whether a user exists, floods of hashing,
 * stored hashes that cost too much, passwords that an algorithm would cut. Not handled here: guessing against one account
 * and cleartext connections, which are the Gate's and the adapter's, and browsers that send the password by themselves.
 *
 * <p>Where users have hashes of different costs, an unknown user costs what most users do, and the others can be told by
 * time: the start warns of it.
 */
@NullMarked
package dev.countersign.scheme.basic;

import org.jspecify.annotations.NullMarked;
