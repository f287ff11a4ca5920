@NullMarked
package dev.countersign.examples.server;

import org.jspecify.annotations.NullMarked;
