/**
 * For: tests of what is kept of measurements.
 *
 * <p>Holds: values of metrics that nobody measured.
 *
 * <p>Doors: none.
 *
 * <p>Threads: each test's own.
 */
@NullMarked
package dev.longshore.server.metric;

import org.jspecify.annotations.NullMarked;
