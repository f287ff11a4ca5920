/** Every way for an annotation to stand on a class, a method and what they extend, and entities that must not be read. */
@NullMarked
package dev.countersign.it.wars.annotated;

import org.jspecify.annotations.NullMarked;
