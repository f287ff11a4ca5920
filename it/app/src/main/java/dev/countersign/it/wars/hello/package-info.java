/** A WAR of one servlet. */
@NullMarked
package dev.countersign.it.wars.hello;

import org.jspecify.annotations.NullMarked;
