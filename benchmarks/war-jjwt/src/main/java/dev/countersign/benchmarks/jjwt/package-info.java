/** A hand-written filter around the parser of jjwt. */
@NullMarked
package dev.countersign.benchmarks.jjwt;

import org.jspecify.annotations.NullMarked;
