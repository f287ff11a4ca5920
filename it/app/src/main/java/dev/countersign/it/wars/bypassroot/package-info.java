/** JAX-RS at {@code /}. */
@NullMarked
package dev.countersign.it.wars.bypassroot;

import org.jspecify.annotations.NullMarked;
