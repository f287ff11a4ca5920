/** A WAR whose settings each test brings. */
@NullMarked
package dev.countersign.it.wars.shop;

import org.jspecify.annotations.NullMarked;
