/** Servlets and resources whose rules are wrong. */
@NullMarked
package dev.countersign.it.wars.wrong;

import org.jspecify.annotations.NullMarked;
