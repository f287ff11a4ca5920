/**
 * The annotations of resource classes, resource methods and servlets. Each one here is enforced; how those of a class, a
 * method and their supertypes combine is told in {@code docs/annotations.md}.
 */
@NullMarked
package dev.countersign.annotation;

import org.jspecify.annotations.NullMarked;
