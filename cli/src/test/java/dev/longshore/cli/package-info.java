/**
 * For: tests of the {@code longshore} command.
 *
 * <p>Holds: a class per subject.
 *
 * <p>Doors: none.
 *
 * <p>Threads: JUnit's.
 */
@NullMarked
package dev.longshore.cli;

import org.jspecify.annotations.NullMarked;
