/**
 * For: measuring, and writing what was measured into docs/bench.md.
 *
 * <p>Holds: the main class of {@code longshore bench}, one command for each room of runs.
 *
 * <p>Doors: {@link dev.longshore.bench.Bench}.
 *
 * <p>Threads: the main one.
 */
@NullMarked
package dev.longshore.bench;

import org.jspecify.annotations.NullMarked;
