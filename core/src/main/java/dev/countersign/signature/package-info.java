/**
 * Requests turned into canonical bytes and a signature: what the verifying and the signing side share.
 */
@NullMarked
package dev.countersign.signature;

import org.jspecify.annotations.NullMarked;
