/** Servlets and nothing else. */
@NullMarked
package dev.countersign.it.wars.plain;

import org.jspecify.annotations.NullMarked;
