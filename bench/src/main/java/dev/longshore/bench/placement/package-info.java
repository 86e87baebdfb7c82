/**
 * For: measuring placement and the query language, beside Netflix Fenzo in the same run, and how
 * tightly tasks are packed, beside textbook methods and the bound that no method beats.
 *
 * <p>Holds: a class per run, the schedulers that are compared, the workloads they are given, and
 * what writes a section of docs/bench.md.
 *
 * <p>Doors: {@link dev.longshore.bench.placement.Bench}, the main class of {@code longshore bench}.
 *
 * <p>Threads: the main one; Fenzo brings its own.
 */
@NullMarked
package dev.longshore.bench.placement;

import org.jspecify.annotations.NullMarked;
