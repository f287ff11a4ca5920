/** Every way in which an answer can come about, each of which tells who called. */
@NullMarked
package dev.countersign.it.wars.crowd;

import org.jspecify.annotations.NullMarked;
