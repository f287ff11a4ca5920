/** What Servlet 6.1 adds to the API that Countersign is compiled against. */
@NullMarked
package dev.countersign.it.tomcat11;

import org.jspecify.annotations.NullMarked;
