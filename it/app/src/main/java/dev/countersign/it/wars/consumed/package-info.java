/** Somebody who takes the content of requests before any filter. */
@NullMarked
package dev.countersign.it.wars.consumed;

import org.jspecify.annotations.NullMarked;
