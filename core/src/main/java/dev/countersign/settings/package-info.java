/** Settings: typed keys from several sources, values that reload, and every problem in one message. */
@NullMarked
package dev.countersign.settings;

import org.jspecify.annotations.NullMarked;
