/** The way into JAX-RS: the only classes that touch {@code jakarta.ws.rs}, so that an application without it never loads them. */
@NullMarked
package dev.countersign.servlet.jaxrs;

import org.jspecify.annotations.NullMarked;
