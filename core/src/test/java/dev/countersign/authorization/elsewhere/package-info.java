/** A superclass in another package than what extends it. */
@NullMarked
package dev.countersign.authorization.elsewhere;

import org.jspecify.annotations.NullMarked;
