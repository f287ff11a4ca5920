/** The tests that every server must pass, and what they need: deployments, raw HTTP, and the log of this JVM. */
@NullMarked
package dev.countersign.it;

import org.jspecify.annotations.NullMarked;
