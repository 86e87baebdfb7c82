/**
 * For: describing the values that AWS APIs exchange, so that one codec per protocol suffices.
 *
 * <p>Holds: the run-time half of the generated shapes: schemas, traits, services and errors.
 *
 * <p>Doors: everything public here; the generated packages below are written against it.
 *
 * <p>Threads: any; every type is immutable except the builders, which belong to one thread.
 */
@NullMarked
package dev.longshore.shapes;

import org.jspecify.annotations.NullMarked;
