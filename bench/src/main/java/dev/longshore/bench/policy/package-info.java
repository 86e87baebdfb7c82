/**
 * For: measuring what it costs to know a caller and to decide what they may do.
 *
 * <p>Holds: one JMH benchmark.
 *
 * <p>Doors: PolicyBenchmark, for {@code longshore bench policy}.
 *
 * <p>Threads: JMH's own, one at a time.
 */
@NullMarked
package dev.longshore.bench.policy;

import org.jspecify.annotations.NullMarked;
