/** Set-ups made in code. */
@NullMarked
package dev.countersign.it.wars.installed;

import org.jspecify.annotations.NullMarked;
