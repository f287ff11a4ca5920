/** Secrets as a type: what a log never shows and what is compared in constant time. */
@NullMarked
package dev.countersign.key;

import org.jspecify.annotations.NullMarked;
