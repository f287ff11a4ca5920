/** Filters that do the bare work by hand: what no framework can go below by much, and what nobody should deploy. */
@NullMarked
package dev.countersign.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
