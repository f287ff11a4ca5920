/** JAX-RS below the path of the WAR. */
@NullMarked
package dev.countersign.it.wars.bypassempty;

import org.jspecify.annotations.NullMarked;
