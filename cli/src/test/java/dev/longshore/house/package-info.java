/**
 * For: the rules of the house that no compiler knows.
 *
 * <p>Holds: tests over the program's classes, sources and documents.
 *
 * <p>Doors: none.
 *
 * <p>Threads: the test runner's.
 */
@NullMarked
package dev.longshore.house;

import org.jspecify.annotations.NullMarked;
