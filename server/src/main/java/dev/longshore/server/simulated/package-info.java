/**
 * For: container instances that only pretend, for scale tests and dry runs.
 *
 * <p>Holds: the simulated fleet.
 *
 * <p>Doors: {@link dev.longshore.server.simulated.SimulatedFleet}.
 *
 * <p>Threads: the log's thread tells what was committed; one thread of its own acts.
 */
@NullMarked
package dev.longshore.server.simulated;

import org.jspecify.annotations.NullMarked;
