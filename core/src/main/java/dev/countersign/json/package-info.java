/** JSON as RFC 8259 defines it: a strict reader into plain immutable values, and a writer for the little that is sent. */
@NullMarked
package dev.countersign.json;

import org.jspecify.annotations.NullMarked;
