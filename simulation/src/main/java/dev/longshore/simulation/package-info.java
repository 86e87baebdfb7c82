/**
 * For: living the whole system through faults on one thread, so that a seed repeats every moment.
 *
 * <p>Holds: the virtual clock, the network, the control plane's process, machines with agents and
 * pretended containers, a user, and the mishaps that befall them.
 *
 * <p>Doors: {@link dev.longshore.simulation.Simulation}, {@link dev.longshore.simulation.Simulate}.
 *
 * <p>Threads: one for each simulation, from its beginning to its end.
 */
@NullMarked
package dev.longshore.simulation;

import org.jspecify.annotations.NullMarked;
