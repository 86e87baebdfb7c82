package dev.longshore.gateway.feed;

import dev.longshore.gateway.feed.FeedMessage.Counted;
import dev.longshore.gateway.metric.Minute;
import dev.longshore.gateway.metric.Minutes;
import dev.longshore.gateway.metric.Tallied;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What of the last minutes was not told yet, or has grown since. Each message has the whole value
 * of a minute, so being told twice is being told once. For one thread.
 */
public final class CountNews {
  /** So a message has half a MiB at most, and usually a tenth of that. */
  private static final int AT_ONCE = 100;

  private final String run;
  private final Map<Long, Minute> told = new TreeMap<>();
  private int seen;

  /**
   * @param run names the process that counts, among all there ever were
   */
  public CountNews(String run) {
    this.run = run;
  }

  /** Takes what is new; costs nothing where nobody looked since. */
  public List<Counted> take(Minutes minutes) {
    int looks = minutes.looks();
    if (looks == seen) {
      return List.of();
    }
    seen = looks;
    return take(minutes.kept());
  }

  List<Counted> take(List<Minute> kept) {
    List<Counted> news = new ArrayList<>();
    told.keySet().retainAll(kept.stream().map(Minute::minute).toList());
    for (Minute each : kept) {
      Minute before = told.put(each.minute(), each);
      if (!each.equals(before)) {
        add(each, before, news);
      }
    }
    return news;
  }

  private void add(Minute now, @Nullable Minute before, List<Counted> news) {
    Map<String, Tallied> balancers =
        changed(now.balancers(), before == null ? Map.of() : before.balancers());
    Map<String, Tallied> groups =
        changed(now.groups(), before == null ? Map.of() : before.groups());
    parts(balancers).forEach(part -> news.add(new Counted(run, now.minute(), part, Map.of())));
    parts(groups).forEach(part -> news.add(new Counted(run, now.minute(), Map.of(), part)));
  }

  private static Map<String, Tallied> changed(
      Map<String, Tallied> now, Map<String, Tallied> before) {
    Map<String, Tallied> changed = new LinkedHashMap<>(now);
    before.forEach(changed::remove);
    return changed;
  }

  private static List<Map<String, Tallied>> parts(Map<String, Tallied> all) {
    List<Map<String, Tallied>> parts = new ArrayList<>();
    all.forEach((name, tallied) -> {
      if (parts.isEmpty() || parts.getLast().size() >= AT_ONCE) {
        parts.add(new LinkedHashMap<>());
      }
      parts.getLast().put(name, tallied);
    });
    return parts;
  }
}
