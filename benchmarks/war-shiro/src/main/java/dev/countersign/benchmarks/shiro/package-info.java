/** The filter of Shiro in front of the application. */
@NullMarked
package dev.countersign.benchmarks.shiro;

import org.jspecify.annotations.NullMarked;
