/** A resource with every kind of rule, and a servlet that tells how often it was called. */
@NullMarked
package dev.countersign.it.wars.guarded;

import org.jspecify.annotations.NullMarked;
