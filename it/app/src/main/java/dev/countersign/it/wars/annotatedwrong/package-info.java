/** Annotations that cannot be meant, or would have no effect: no application with them may start. */
@NullMarked
package dev.countersign.it.wars.annotatedwrong;

import org.jspecify.annotations.NullMarked;
