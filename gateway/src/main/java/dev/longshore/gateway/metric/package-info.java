/**
 * For: counting what a gateway carries.
 *
 * <p>Holds: counters and histograms by load balancer and target group, these cut into minutes, and
 * their text for Prometheus.
 *
 * <p>Doors: Metrics, Counts, Count, Latencies, Minutes, Minute, Tallied, Exposition.
 *
 * <p>Threads: any; adding takes no lock.
 */
@NullMarked
package dev.longshore.gateway.metric;

import org.jspecify.annotations.NullMarked;
