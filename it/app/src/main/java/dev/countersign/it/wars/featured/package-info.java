/** An application that lists its classes, and Countersign's feature among them. */
@NullMarked
package dev.countersign.it.wars.featured;

import org.jspecify.annotations.NullMarked;
