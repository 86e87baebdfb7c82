package dev.longshore.server.engine;

import dev.longshore.core.state.Change;
import dev.longshore.core.state.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists of changes. */
final class Changes {
  private record RowName(Kind<?> kind, String key) {}

  private Changes() {}

  /** One change for each row, from what it was at first to what it is at last. */
  static List<Change<?>> coalesced(List<Change<?>> changes) {
    Map<RowName, Change<?>> last = new LinkedHashMap<>();
    for (Change<?> change : changes) {
      last.merge(new RowName(change.kind(), change.key()), change, Changes::joined);
    }
    List<Change<?>> net = new ArrayList<>(last.size());
    for (Change<?> change : last.values()) {
      if (change.before() != null || change.after() != null) {
        net.add(change);
      }
    }
    return net;
  }

  private static Change<?> joined(Change<?> first, Change<?> second) {
    return join(first.kind(), first, second);
  }

  private static <R> Change<R> join(Kind<R> kind, Change<?> first, Change<?> second) {
    @Nullable R before = first.before(kind);
    return new Change<>(kind, first.key(), before, second.after(kind));
  }
}
