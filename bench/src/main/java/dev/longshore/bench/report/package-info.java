/**
 * For: what all runs share to say what came out.
 *
 * <p>Holds: a section of docs/bench.md, and times of calls as percentiles.
 *
 * <p>Doors: {@link dev.longshore.bench.report.Report}, {@link
 * dev.longshore.bench.report.Latencies}.
 *
 * <p>Threads: the main one.
 */
@NullMarked
package dev.longshore.bench.report;

import org.jspecify.annotations.NullMarked;
