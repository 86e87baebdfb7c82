/**
 * For: choosing the container instance that a task goes to, and explaining why none would do.
 *
 * <p>Holds: what a task demands, the obstacles an instance may have, the preferences that rank
 * instances, and the choice itself.
 *
 * <p>Doors: {@link dev.longshore.core.placement.Placement} and the values it is handed. It knows
 * neither tables nor operations: whoever asks shows it the instances.
 *
 * <p>Threads: a Placement belongs to the thread that made it; all else is immutable.
 */
@NullMarked
package dev.longshore.core.placement;

import org.jspecify.annotations.NullMarked;
