/** What Open Liberty does unlike other servers. */
@NullMarked
package dev.countersign.it.openliberty;

import org.jspecify.annotations.NullMarked;
