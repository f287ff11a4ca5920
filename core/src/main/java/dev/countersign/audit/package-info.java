/**
 * What happened, as sealed events: exactly one {@link dev.countersign.audit.AuditEvent.Decision} per request, and
 * signals beside it. Sinks take them; the log is one.
 */
@NullMarked
package dev.countersign.audit;

import org.jspecify.annotations.NullMarked;
