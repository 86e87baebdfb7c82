package dev.longshore.server.metric;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A store in memory: the last three hours, or less where there are so many metrics that their
 * values would be too many. A value takes about 150 bytes, so all take 15 MiB at most.
 */
public final class RecentMetrics implements MetricStore {
  private static final int MINUTES = 180;
  private static final int VALUES = 100_000;

  private final int mostValues;
  private final ConcurrentNavigableMap<Long, Map<Metric, Statistics>> minutes =
      new ConcurrentSkipListMap<>();

  public RecentMetrics() {
    this(VALUES);
  }

  /**
   * @param mostValues that are kept; of a single minute no more either
   */
  RecentMetrics(int mostValues) {
    this.mostValues = mostValues;
  }

  @Override
  public void put(Metric metric, long minute, Statistics value) {
    if (!minutes.isEmpty() && minute <= minutes.lastKey() - MINUTES) {
      return;
    }
    Map<Metric, Statistics> known =
        minutes.computeIfAbsent(minute, each -> new ConcurrentHashMap<>());
    if (known.size() < mostValues || known.containsKey(metric)) {
      known.put(metric, value);
    }
    minutes.headMap(minutes.lastKey() - MINUTES, true).clear();
    while (minutes.size() > 1 && size() > mostValues) {
      minutes.pollFirstEntry();
    }
  }

  private long size() {
    return minutes.values().stream().mapToLong(Map::size).sum();
  }

  @Override
  public List<Metric> metrics() {
    return minutes.values().stream()
        .flatMap(each -> each.keySet().stream())
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public SortedMap<Long, Statistics> values(Metric metric, long from, long until) {
    SortedMap<Long, Statistics> values = new TreeMap<>();
    minutes
        .subMap(from, until)
        .forEach((minute, all) -> {
          Statistics value = all.get(metric);
          if (value != null) {
            values.put(minute, value);
          }
        });
    return Collections.unmodifiableSortedMap(values);
  }
}
