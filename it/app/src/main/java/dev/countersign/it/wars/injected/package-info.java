/** A long-lived bean that is told the caller of each request. */
@NullMarked
package dev.countersign.it.wars.injected;

import org.jspecify.annotations.NullMarked;
