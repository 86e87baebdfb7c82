/**
 * For: clusters, the names that container instances, services and tasks share.
 *
 * <p>Holds: the actions on clusters and what the API shows of one.
 *
 * <p>Doors: ClusterRoom registers the actions; {@link dev.longshore.core.cluster.Clusters} finds
 * the cluster that a request means.
 *
 * <p>Threads: commands on the engine's thread, queries on any; nothing is kept between calls.
 */
@NullMarked
package dev.longshore.core.cluster;

import org.jspecify.annotations.NullMarked;
