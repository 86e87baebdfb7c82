/**
 * For: checking the codecs against the protocol test cases that AWS publishes with Smithy.
 *
 * <p>Holds: schemas and shapes made from Smithy models at run time, and the comparison of messages.
 *
 * <p>Doors: {@link dev.longshore.wire.conformance.ConformanceTest}.
 *
 * <p>Threads: one, the test's.
 */
@NullMarked
package dev.longshore.wire.conformance;

import org.jspecify.annotations.NullMarked;
