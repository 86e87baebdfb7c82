/**
 * For: secrets, their versions and staging labels, and the actions of Secrets Manager on them.
 *
 * <p>Holds: what may be created, changed, read and deleted; the reconciler that deletes what is
 * due.
 *
 * <p>Doors: {@link dev.longshore.core.secret.SecretRoom} registers the actions.
 *
 * <p>Threads: commands on the engine's thread, queries on any; nothing is kept between calls.
 * Values are sealed and opened where they are used and stand in no row in the plain.
 */
@NullMarked
package dev.longshore.core.secret;

import org.jspecify.annotations.NullMarked;
