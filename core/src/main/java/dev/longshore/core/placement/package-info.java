/**
 * For: choosing the container instance that a task goes to, and explaining why none would do.
 *
 * <p>Holds: what a task demands, the obstacles an instance may have, the preferences that rank
 * instances, and the fleet: the instances of a cluster, indexed by what is left of them, by what
 * may go there and by the tasks they hold, so that a choice costs nearly the same in a large one.
 *
 * <p>Doors: {@link dev.longshore.core.placement.Fleet}, {@link
 * dev.longshore.core.placement.Placement} and the values it is handed. It knows neither tables nor
 * operations: whoever keeps a fleet tells it of rows.
 *
 * <p>Threads: a fleet and its placements belong to one thread at a time; all else is immutable.
 */
@NullMarked
package dev.longshore.core.placement;

import org.jspecify.annotations.NullMarked;
