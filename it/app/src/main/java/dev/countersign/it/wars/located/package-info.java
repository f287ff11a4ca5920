/** Sub-resources and their locators. */
@NullMarked
package dev.countersign.it.wars.located;

import org.jspecify.annotations.NullMarked;
