/** Resources and servlets that answer later than they are asked. */
@NullMarked
package dev.countersign.it.wars.later;

import org.jspecify.annotations.NullMarked;
