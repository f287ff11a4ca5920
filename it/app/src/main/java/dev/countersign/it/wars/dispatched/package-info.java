/** Servlets and resources that are reached by other methods and dispatches than a plain GET, and that answer early. */
@NullMarked
package dev.countersign.it.wars.dispatched;

import org.jspecify.annotations.NullMarked;
