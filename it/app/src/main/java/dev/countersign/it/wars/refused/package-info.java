/** A WAR that stops its own deployment, to show that the tests would notice. */
@NullMarked
package dev.countersign.it.wars.refused;

import org.jspecify.annotations.NullMarked;
