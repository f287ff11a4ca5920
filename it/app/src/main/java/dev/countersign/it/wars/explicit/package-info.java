/** An application that switches off the services of its runtime, and lists Countersign's feature itself. */
@NullMarked
package dev.countersign.it.wars.explicit;

import org.jspecify.annotations.NullMarked;
