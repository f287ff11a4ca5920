/**
 * The content of a request that is signed: read once, kept within a bound, and given to the application as if nobody had read
 * it before.
 */
@NullMarked
package dev.countersign.servlet.body;

import org.jspecify.annotations.NullMarked;
