/**
 * For: functions as deployments ask them, played by a server of the tests' own.
 *
 * <p>Holds: that server, and what it is asked and answers.
 *
 * <p>Doors: {@link dev.longshore.server.function.RunningFunction}.
 *
 * <p>Threads: the tests' own and the server's.
 */
@NullMarked
package dev.longshore.server.function;

import org.jspecify.annotations.NullMarked;
