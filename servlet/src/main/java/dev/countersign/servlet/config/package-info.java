/** Where an application's settings, its {@code web.xml} and its resource classes are found. */
@NullMarked
package dev.countersign.servlet.config;

import org.jspecify.annotations.NullMarked;
