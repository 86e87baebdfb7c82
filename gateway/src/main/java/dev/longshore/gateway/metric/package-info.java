/**
 * For: counting what a gateway carries.
 *
 * <p>Holds: counters and histograms by load balancer and target group, these cut into minutes, and
 * their text for Prometheus; what went wrong that nobody counts.
 *
 * <p>Doors: Metrics, Counts, Count, Latencies, Minutes, Minute, Tallied, Exposition, Surprises.
 *
 * <p>Threads: any; adding takes no lock.
 */
@NullMarked
package dev.longshore.gateway.metric;

import org.jspecify.annotations.NullMarked;
