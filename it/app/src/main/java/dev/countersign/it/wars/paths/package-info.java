/** A secret beside something open, for requests that spell its path in another way. */
@NullMarked
package dev.countersign.it.wars.paths;

import org.jspecify.annotations.NullMarked;
