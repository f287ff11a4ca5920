/** A filter that answers in the place of JAX-RS. */
@NullMarked
package dev.countersign.it.wars.redirecting;

import org.jspecify.annotations.NullMarked;
