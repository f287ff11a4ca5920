/** Resources that an application makes itself. */
@NullMarked
package dev.countersign.it.wars.singletons;

import org.jspecify.annotations.NullMarked;
