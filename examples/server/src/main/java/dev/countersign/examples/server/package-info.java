/** Starts an example's WAR on an embedded Tomcat with Jersey, with credentials made for this one run. */
@NullMarked
package dev.countersign.examples.server;

import org.jspecify.annotations.NullMarked;
