/** Orders, their items, a ticker, a report and a status page: what an application with Countersign looks like. */
@NullMarked
package dev.countersign.examples.orders;

import org.jspecify.annotations.NullMarked;
