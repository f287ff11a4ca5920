/** The sending side: requests that are signed before they are sent, and webhooks that are delivered. */
@NullMarked
package dev.countersign.client;

import org.jspecify.annotations.NullMarked;
