/** A second application of one WAR that switches off the services of its runtime, and so Countersign's feature. */
@NullMarked
package dev.countersign.it.wars.beside;

import org.jspecify.annotations.NullMarked;
