/**
 * Measures what the gate costs: the same request through the same server, with nothing in front of it, with a hand-written
 * filter that does the bare work, with Countersign, and with other frameworks.
 */
@NullMarked
package dev.countersign.benchmarks;

import org.jspecify.annotations.NullMarked;
