/** The application that most tests talk to. */
@NullMarked
package dev.countersign.it.app;

import org.jspecify.annotations.NullMarked;
