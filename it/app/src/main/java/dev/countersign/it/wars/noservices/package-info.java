/** An application that switches off the services of its runtime, and so Countersign's feature. */
@NullMarked
package dev.countersign.it.wars.noservices;

import org.jspecify.annotations.NullMarked;
