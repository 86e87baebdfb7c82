/**
 * For: deciding, one turn after the other, and publishing what was decided once it is durable.
 *
 * <p>Holds: the engine, its timers, the bytes of rows and changes.
 *
 * <p>Doors: {@link dev.longshore.server.engine.Engine}, {@link
 * dev.longshore.server.engine.Watcher}, {@link dev.longshore.server.engine.RunningEngine}.
 *
 * <p>Threads: any submits and reads; one turns; the log's thread publishes.
 */
@NullMarked
package dev.longshore.server.engine;

import org.jspecify.annotations.NullMarked;
