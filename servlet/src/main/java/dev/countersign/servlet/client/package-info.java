/** Signing what a JAX-RS client sends. */
@NullMarked
package dev.countersign.servlet.client;

import org.jspecify.annotations.NullMarked;
