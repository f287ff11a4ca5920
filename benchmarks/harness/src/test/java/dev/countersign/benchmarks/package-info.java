/** What every build checks of the benchmarks. */
@NullMarked
package dev.countersign.benchmarks;

import org.jspecify.annotations.NullMarked;
