package dev.longshore.core.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a service's tasks stand in the zones that they may go to, and how they should.
 *
 * @param counts tasks by zone
 * @param targets so many there would be if they were spread evenly; where that does not come out
 *     even, the zones that have most keep one more
 */
record Zones(SortedMap<String, Integer> counts, SortedMap<String, Integer> targets) {
  /**
   * @param counts tasks by zone, those of all zones in which there could be some
   * @param desired so many tasks there are to be in all these zones
   */
  static Zones of(SortedMap<String, Integer> counts, int desired) {
    List<Map.Entry<String, Integer>> fullest = new ArrayList<>(counts.entrySet());
    fullest.sort(Map.Entry.<String, Integer>comparingByValue().reversed());
    SortedMap<String, Integer> targets = new TreeMap<>();
    for (int at = 0; at < fullest.size(); at++) {
      int more = at < desired % fullest.size() ? 1 : 0;
      targets.put(fullest.get(at).getKey(), desired / fullest.size() + more);
    }
    return new Zones(counts, targets);
  }

  /** So many tasks a zone has beyond its share; negative where it lacks some. */
  int excess(String zone) {
    return counts.getOrDefault(zone, 0) - targets.getOrDefault(zone, 0);
  }

  /** Whether no zone has two tasks more than another. */
  boolean isEven() {
    return counts.keySet().stream().allMatch(zone -> excess(zone) <= 0);
  }

  /** As events tell it: {@code 2 tasks in a, 1 in b, and 0 in c}. */
  String told() {
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (Map.Entry<String, Integer> zone : counts.entrySet()) {
      at++;
      String before =
          at == 1 ? "" : counts.size() == 2 ? " and " : at == counts.size() ? ", and " : ", ";
      text.append(before).append(zone.getValue()).append(at == 1 ? " tasks in " : " in ");
      text.append(zone.getKey());
    }
    return text.toString();
  }
}
