/** How a room is made from its settings; the rooms themselves are the packages below. */
@NullMarked
package dev.countersign.scheme;

import org.jspecify.annotations.NullMarked;
