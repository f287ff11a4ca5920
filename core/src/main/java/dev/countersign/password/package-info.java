/**
 * Stored password hashes: reading them strictly, checking passwords against them with bounded work, making new ones, and
 * remembering for a short time which checks succeeded.
 *
 * <p>PBKDF2 is computed by the Java runtime, bcrypt and Argon2id by password4j. A redeployed WAR with Argon2id users leaves
 * its class loader behind, with a block memory for each distinct set of Argon2id parameters: upstream behaviour of
 * password4j 1.8.4, which makes a thread pool and a JVM shutdown hook for each set and never ends them; PBKDF2 and bcrypt do
 * not. Where applications are redeployed into a running server, choose one of those, or restart the server.
 */
@NullMarked
package dev.countersign.password;

import org.jspecify.annotations.NullMarked;
