/** The filter of pac4j in front of the application. */
@NullMarked
package dev.countersign.benchmarks.pac4j;

import org.jspecify.annotations.NullMarked;
