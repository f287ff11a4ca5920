/** The shared-state SPI, a few atomic operations on expiring entries, and its in-memory form. */
@NullMarked
package dev.countersign.state;

import org.jspecify.annotations.NullMarked;
