package dev.longshore.shapes;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a shape's collections immutable. A copy is taken only of what could still change. */
public final class Frozen {
  private Frozen() {}

  public static <E> @Nullable List<E> list(@Nullable List<E> list) {
    return list == null ? null : List.copyOf(list);
  }

  /** An immutable map in the same order, unlike {@link Map#copyOf}, whose order varies. */
  public static <V> @Nullable Map<String, V> map(@Nullable Map<String, V> map) {
    return map == null || map instanceof FrozenMap<V> ? map : new FrozenMap<>(map);
  }

  private static final class FrozenMap<V> extends AbstractMap<String, V> {
    private final Map<String, V> map;

    FrozenMap(Map<String, V> map) {
      this.map = Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
      return map.get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      return map.containsKey(key);
    }

    @Override
    public int size() {
      return map.size();
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
      return map.entrySet();
    }
  }
}
