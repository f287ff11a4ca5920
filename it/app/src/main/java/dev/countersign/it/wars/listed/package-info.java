/** An application that lists its classes, and Countersign's feature not among them. */
@NullMarked
package dev.countersign.it.wars.listed;

import org.jspecify.annotations.NullMarked;
