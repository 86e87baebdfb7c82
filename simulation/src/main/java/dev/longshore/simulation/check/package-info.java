/**
 * For: saying what must hold in every life of the system, whatever befalls it.
 *
 * <p>Holds: a class for each promise, and what they are shown.
 *
 * <p>Doors: {@link dev.longshore.simulation.check.Checker}, {@link
 * dev.longshore.simulation.check.Checkers}.
 *
 * <p>Threads: the simulation's.
 */
@NullMarked
package dev.longshore.simulation.check;

import org.jspecify.annotations.NullMarked;
