/** Deliveries of webhooks, by a scheme whose credential is the name of an event. */
@NullMarked
package dev.countersign.it.wars.hooks;

import org.jspecify.annotations.NullMarked;
