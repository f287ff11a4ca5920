/** An application that registers a filter of Countersign's under a name of its own, and its set-up is wrong. */
@NullMarked
package dev.countersign.it.wars.ownfilter;

import org.jspecify.annotations.NullMarked;
