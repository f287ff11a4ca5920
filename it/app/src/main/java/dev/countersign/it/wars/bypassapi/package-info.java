/** JAX-RS at {@code /api}. */
@NullMarked
package dev.countersign.it.wars.bypassapi;

import org.jspecify.annotations.NullMarked;
