/** Servlets that show what an attack changed: who is taken for the caller, and what was written down of each request. */
@NullMarked
package dev.countersign.it.wars.attacks;

import org.jspecify.annotations.NullMarked;
