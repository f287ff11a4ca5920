/** Single steps of the gate, each beside the bare operation of the JDK. */
@NullMarked
package dev.countersign.benchmarks.steps;

import org.jspecify.annotations.NullMarked;
