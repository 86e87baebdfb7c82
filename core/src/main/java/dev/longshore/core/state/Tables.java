package dev.longshore.core.state;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables by kind: what State and Draft share. Never iterated, so identity order is no harm. */
final class Tables {
  private final IdentityHashMap<Kind<?>, Integer> places;
  private final Table<?>[] tables;

  private Tables(IdentityHashMap<Kind<?>, Integer> places, Table<?>[] tables) {
    this.places = places;
    this.tables = tables;
  }

  static Tables empty(List<Kind<?>> kinds) {
    IdentityHashMap<Kind<?>, Integer> places = new IdentityHashMap<>();
    Table<?>[] tables = new Table<?>[kinds.size()];
    for (int at = 0; at < tables.length; at++) {
      places.put(kinds.get(at), at);
      tables[at] = Table.empty(kinds.get(at));
    }
    return new Tables(places, tables);
  }

  Tables copy() {
    return new Tables(places, tables.clone());
  }

  List<Kind<?>> kinds() {
    return Arrays.<Table<?>>stream(tables).<Kind<?>>map(Table::kind).toList();
  }

  @SuppressWarnings("unchecked") // A kind's place holds a table of that kind only.
  <R> Table<R> of(Kind<R> kind) {
    return (Table<R>) tables[place(kind)];
  }

  /** The table of the kind, made editable for {@code edit} and kept here. */
  <R> Table<R> edited(Edit edit, Kind<R> kind) {
    Table<R> table = of(kind).owned(edit);
    tables[place(kind)] = table;
    return table;
  }

  private int place(Kind<?> kind) {
    Integer place = places.get(kind);
    if (place == null) {
      throw new IllegalArgumentException("No table was declared for " + kind + ".");
    }
    return place;
  }

  @Nullable Kind<?> named(String name) {
    for (Table<?> table : tables) {
      if (table.kind().name().equals(name)) {
        return table.kind();
      }
    }
    return null;
  }
}
