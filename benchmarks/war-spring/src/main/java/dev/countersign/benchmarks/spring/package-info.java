/** Spring Security in front of the application. */
@NullMarked
package dev.countersign.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
