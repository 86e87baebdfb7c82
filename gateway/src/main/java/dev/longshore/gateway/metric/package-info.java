/**
 * For: counting what a gateway carries.
 *
 * <p>Holds: counters and histograms by load balancer and target group, and their text for
 * Prometheus.
 *
 * <p>Doors: Metrics, Counts, Count, Latencies.
 *
 * <p>Threads: any; adding takes no lock.
 */
@NullMarked
package dev.longshore.gateway.metric;

import org.jspecify.annotations.NullMarked;
