/**
 * For: tests of what is counted.
 *
 * <p>Holds: counters whose minutes a test decides on.
 *
 * <p>Doors: none.
 *
 * <p>Threads: each test's own.
 */
@NullMarked
package dev.longshore.gateway.metric;

import org.jspecify.annotations.NullMarked;
