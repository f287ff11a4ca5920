/** The vocabulary: what a request, a credential, an identity, a rule and a decision are. */
@NullMarked
package dev.countersign;

import org.jspecify.annotations.NullMarked;
