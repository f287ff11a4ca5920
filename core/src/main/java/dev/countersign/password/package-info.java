/**
 * Stored password hashes: reading them strictly, checking passwords against them with bounded work, making new ones, and
 * remembering for a short time which checks succeeded.
 */
@NullMarked
package dev.countersign.password;

import org.jspecify.annotations.NullMarked;
