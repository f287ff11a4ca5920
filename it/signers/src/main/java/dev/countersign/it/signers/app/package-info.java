/** What the signers call. */
@NullMarked
package dev.countersign.it.signers.app;

import org.jspecify.annotations.NullMarked;
