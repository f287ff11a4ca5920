/** The application that every variant guards: two methods that do next to nothing. */
@NullMarked
package dev.countersign.benchmarks.app;

import org.jspecify.annotations.NullMarked;
