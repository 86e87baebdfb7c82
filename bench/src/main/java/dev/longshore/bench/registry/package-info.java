/**
 * For: measuring the registry beside Debian's docker-registry in the same run on the same disk.
 *
 * <p>Holds: the two contenders, a client that costs next to nothing, the run.
 *
 * <p>Doors: {@link dev.longshore.bench.registry.RegistryRun}.
 *
 * <p>Threads: the main one, and one for each parallel transfer.
 */
@NullMarked
package dev.longshore.bench.registry;

import org.jspecify.annotations.NullMarked;
