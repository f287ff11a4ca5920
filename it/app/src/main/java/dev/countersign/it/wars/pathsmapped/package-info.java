/** The secret under two mappings of JAX-RS, beside servlets, and filters that lead to it. */
@NullMarked
package dev.countersign.it.wars.pathsmapped;

import org.jspecify.annotations.NullMarked;
