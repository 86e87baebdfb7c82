/**
 * For: services, which keep as many tasks of a task definition as are desired.
 *
 * <p>Holds: the actions on services and what the API shows of one; the reconciler that starts,
 * stops and replaces their tasks, with the rule of rolling updates and the choice of the tasks that
 * have to go.
 *
 * <p>Doors: {@link dev.longshore.core.service.ServiceRoom} registers the actions and the reconciler
 * with {@link dev.longshore.core.service.ServiceSettings}; {@link
 * dev.longshore.core.service.Traffic} is what load balancing fills, {@link
 * dev.longshore.core.service.ReportAlarmState} what alarms call.
 *
 * <p>Threads: commands and the reconciler on the engine's thread, queries on any; nothing is kept
 * between calls.
 */
@NullMarked
package dev.longshore.core.service;

import org.jspecify.annotations.NullMarked;
