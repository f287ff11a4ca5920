/** Tests of Tomcat 10.1 alone, which start it themselves. */
@NullMarked
package dev.countersign.it.tomcat10;

import org.jspecify.annotations.NullMarked;
