/** How often protected methods of a small WAR ran: deployed beside them. */
@NullMarked
package dev.countersign.it.wars.counted;

import org.jspecify.annotations.NullMarked;
