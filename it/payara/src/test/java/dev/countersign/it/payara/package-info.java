/** What only Payara does. */
@NullMarked
package dev.countersign.it.payara;

import org.jspecify.annotations.NullMarked;
