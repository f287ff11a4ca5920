/** Resources whose rules stand on what they extend and implement. */
@NullMarked
package dev.countersign.it.wars.inherited;

import org.jspecify.annotations.NullMarked;
