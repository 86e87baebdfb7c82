/**
 * For: the {@code longshore} command.
 *
 * <p>Holds: a class per subcommand, and what they share.
 *
 * <p>Doors: {@link dev.longshore.cli.Longshore}.
 *
 * <p>Threads: the main thread; a shutdown hook ends what it started.
 */
@NullMarked
package dev.longshore.cli;

import org.jspecify.annotations.NullMarked;
