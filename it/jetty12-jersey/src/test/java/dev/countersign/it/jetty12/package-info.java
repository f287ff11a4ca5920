/** Tests of Jetty 12 alone, which start it themselves. */
@NullMarked
package dev.countersign.it.jetty12;

import org.jspecify.annotations.NullMarked;
