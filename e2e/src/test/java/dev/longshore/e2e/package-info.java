/**
 * For: using Longshore as users do.
 *
 * <p>Holds: tests with the real AWS CLI and a real container engine.
 *
 * <p>Doors: none.
 *
 * <p>Threads: the test runner's.
 */
@NullMarked
package dev.longshore.e2e;

import org.jspecify.annotations.NullMarked;
