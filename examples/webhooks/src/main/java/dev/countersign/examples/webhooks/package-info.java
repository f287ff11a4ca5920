/** Deliveries of three providers, and an API whose requests are signed as those to AWS are. */
@NullMarked
package dev.countersign.examples.webhooks;

import org.jspecify.annotations.NullMarked;
