/**
 * For: the registry's repositories, images, tags and layers, and the actions of Amazon ECR on them.
 *
 * <p>Holds: what may be pushed, moved, deleted and expired. The bytes stand elsewhere.
 *
 * <p>Doors: {@link dev.longshore.core.repository.RepositoryRoom} registers the actions; {@link
 * dev.longshore.core.repository.Repositories} finds rows; the commands that the registry's own
 * endpoints submit: {@link dev.longshore.core.repository.PushImage}, {@link
 * dev.longshore.core.repository.KeepLayer}, {@link dev.longshore.core.repository.DropLayers},
 * {@link dev.longshore.core.repository.Quota}, {@link dev.longshore.core.repository.DropImage},
 * {@link dev.longshore.core.repository.RecordPull}, {@link
 * dev.longshore.core.repository.KeepPolicy}, {@link dev.longshore.core.repository.KeepLifecycle},
 * {@link dev.longshore.core.repository.KeepRegistryPolicy}, {@link
 * dev.longshore.core.repository.KeepTemplate}, {@link
 * dev.longshore.core.repository.CreateByTemplate}, {@link dev.longshore.core.repository.BeginScan},
 * {@link dev.longshore.core.repository.EndScan}, {@link
 * dev.longshore.core.repository.KeepPublicRepository}; and {@link
 * dev.longshore.core.repository.CacheRules} and {@link dev.longshore.core.repository.Scanning},
 * which read rows for them.
 *
 * <p>Threads: commands on the engine's thread, queries on any; nothing is kept between calls.
 */
@NullMarked
package dev.longshore.core.repository;

import org.jspecify.annotations.NullMarked;
