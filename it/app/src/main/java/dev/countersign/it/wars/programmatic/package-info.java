/** An application of Jersey that registers an instance and a resource that has no class. */
@NullMarked
package dev.countersign.it.wars.programmatic;

import org.jspecify.annotations.NullMarked;
