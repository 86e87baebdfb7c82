/**
 * For: the life of a task, from RunTask to an hour after its end.
 *
 * <p>Holds: the API's operations on tasks, the state machine that agents' reports drive, launching
 * and stopping for whoever wants a task, and the reconcilers that end and forget tasks.
 *
 * <p>Doors: {@link dev.longshore.core.task.TaskRoom} for the wiring; {@link
 * dev.longshore.core.task.TaskLauncher} and {@link dev.longshore.core.task.TaskStops} for services;
 * {@link dev.longshore.core.task.TaskOverrides} for whoever tells an agent what to run; the
 * commands of what agents tell besides the API.
 *
 * <p>Threads: commands and reconcilers on the engine's thread, queries on any.
 */
@NullMarked
package dev.longshore.core.task;

import org.jspecify.annotations.NullMarked;
