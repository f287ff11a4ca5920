@NullMarked
package dev.countersign.bootstrap;

import org.jspecify.annotations.NullMarked;
