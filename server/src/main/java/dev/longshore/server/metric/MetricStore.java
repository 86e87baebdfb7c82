package dev.longshore.server.metric;

import java.util.List;
import java.util.SortedMap;

/** Keeps one value per minute of each metric, for some time. From any thread. */
public interface MetricStore {
  /**
   * This is the value of that minute, whatever was said before.
   *
   * @param minute since the epoch
   */
  void put(Metric metric, long minute, Statistics value);

  /** All metrics that have values, in their order. */
  List<Metric> metrics();

  /**
   * A metric's values by minute, the oldest first.
   *
   * @param from the first minute that counts
   * @param until the first that does not
   */
  SortedMap<Long, Statistics> values(Metric metric, long from, long until);
}
