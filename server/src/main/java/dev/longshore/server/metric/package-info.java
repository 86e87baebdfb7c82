/**
 * For: keeping what is measured, a value per minute of each metric, by CloudWatch's names.
 *
 * <p>Holds: the store's interface, the one in memory, what a minute's samples come to, their text
 * for Prometheus.
 *
 * <p>Doors: MetricStore, RecentMetrics, Metric, Statistics, MetricText.
 *
 * <p>Threads: any; nothing here blocks.
 */
@NullMarked
package dev.longshore.server.metric;

import org.jspecify.annotations.NullMarked;
