/**
 * For: JSON without a schema: the agent protocol's messages and the container engine's documents.
 *
 * <p>Holds: a tree of values, and its text.
 *
 * <p>Doors: {@link dev.longshore.wire.json.Json}, {@link dev.longshore.wire.json.JsonText}.
 *
 * <p>Threads: immutable values, any thread.
 */
@NullMarked
package dev.longshore.wire.json;

import org.jspecify.annotations.NullMarked;
