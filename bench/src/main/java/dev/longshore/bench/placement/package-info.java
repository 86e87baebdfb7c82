/**
 * For: measuring placement and the query language, beside Netflix Fenzo in the same run, and how
 * tightly tasks are packed, beside textbook methods and the bound that no method beats.
 *
 * <p>Holds: a class per run, the schedulers that are compared, the workloads they are given.
 *
 * <p>Doors: a run for each command of {@code longshore bench}.
 *
 * <p>Threads: the main one; Fenzo brings its own.
 */
@NullMarked
package dev.longshore.bench.placement;

import org.jspecify.annotations.NullMarked;
