/**
 * For: load runs against a control plane in a process of its own, through its public API.
 *
 * <p>Holds: a client that costs next to nothing, what it measures, and the runs.
 *
 * <p>Doors: a run for each command of {@code longshore bench}, and {@link
 * dev.longshore.bench.load.ServerProcess}.
 *
 * <p>Threads: one for each connection of a run.
 */
@NullMarked
package dev.longshore.bench.load;

import org.jspecify.annotations.NullMarked;
