/** Known attacks, each sent over HTTP: the id at the beginning of a test's name is that of {@code docs/attacks.md}. */
@NullMarked
package dev.countersign.it.attacks;

import org.jspecify.annotations.NullMarked;
