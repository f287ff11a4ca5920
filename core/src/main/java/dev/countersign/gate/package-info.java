/** The Gate itself: claim, verify, alternatives, combination, order of checks, and the answers on the way to no. */
@NullMarked
package dev.countersign.gate;

import org.jspecify.annotations.NullMarked;
