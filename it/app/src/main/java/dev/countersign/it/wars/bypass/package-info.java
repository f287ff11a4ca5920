/** A secret beside something open, for requests that try to reach it sideways. */
@NullMarked
package dev.countersign.it.wars.bypass;

import org.jspecify.annotations.NullMarked;
