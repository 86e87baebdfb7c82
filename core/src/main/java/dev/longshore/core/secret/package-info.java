/**
 * For: secrets, their versions and staging labels, and the actions of Secrets Manager on them.
 *
 * <p>Holds: what may be created, changed, read and deleted; the reconcilers that delete and rotate
 * what is due; the functions that rotations are to ask.
 *
 * <p>Doors: {@link dev.longshore.core.secret.SecretRoom} registers the actions; {@link
 * dev.longshore.core.secret.RotationCall} and {@link dev.longshore.core.secret.ReportRotation} are
 * for whoever calls functions.
 *
 * <p>Threads: commands on the engine's thread, queries on any; nothing is kept between calls.
 * Values are sealed and opened where they are used and stand in no row in the plain.
 */
@NullMarked
package dev.longshore.core.secret;

import org.jspecify.annotations.NullMarked;
