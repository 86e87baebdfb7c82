/**
 * For: deciding what a container instance must do next about its tasks, from what it has been told.
 *
 * <p>Holds: the task engine, its rows, events, effects and reports, and the payload's own records.
 *
 * <p>Doors: {@link dev.longshore.agent.task.TaskEngine}, {@link dev.longshore.agent.task.Event},
 * {@link dev.longshore.agent.task.Effect} and the rows.
 *
 * <p>Threads: whichever one turns the engine; rows, events and effects are immutable and may roam.
 */
@NullMarked
package dev.longshore.agent.task;

import org.jspecify.annotations.NullMarked;
