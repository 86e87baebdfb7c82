/**
 * For: what happens, told as ECS tells it to event buses.
 *
 * <p>Holds: the events that follow from changes of tasks, container instances and services, with
 * their details as plain data.
 *
 * <p>Doors: {@link dev.longshore.core.event.EcsEvents} makes {@link
 * dev.longshore.core.event.EcsEvent}s of committed changes; who carries them on is not its matter.
 *
 * <p>Threads: any; all of it is a pure function of what is handed in.
 */
@NullMarked
package dev.longshore.core.event;

import org.jspecify.annotations.NullMarked;
