/** What leaves: the one place that writes an answer, and the guard over what an application answers. */
@NullMarked
package dev.countersign.servlet.response;

import org.jspecify.annotations.NullMarked;
