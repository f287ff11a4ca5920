/** The top of core: settings become rooms, rooms become a Gate; ambiguous set-ups are refused here. */
@NullMarked
package dev.countersign.bootstrap;

import org.jspecify.annotations.NullMarked;
