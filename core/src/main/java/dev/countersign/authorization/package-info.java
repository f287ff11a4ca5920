/**
 * From annotations and path rules to an {@link dev.countersign.AccessRule} when an application is deployed, and from a
 * rule and a caller to a {@link dev.countersign.authorization.Verdict} at each request; and the security map, which shows
 * every rule and where it came from.
 */
@NullMarked
package dev.countersign.authorization;

import org.jspecify.annotations.NullMarked;
