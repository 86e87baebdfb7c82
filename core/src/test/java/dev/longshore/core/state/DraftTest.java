package dev.longshore.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DraftTest {
  record Crate(String id, String owner, int weight) {
    static final Kind<Crate> KIND = Kind.of("crate", Crate.class, Crate::id);
    static final Index<Crate> BY_OWNER = KIND.index("owner", Crate::owner);
    static final Tally<Crate, Integer> WEIGHT =
        KIND.tally(Crate::owner, Crate::weight, 0, Integer::sum, (a, b) -> a - b);
  }

  private static final List<Kind<?>> KINDS = List.of(Crate.KIND);

  @Test
  void a_draft_sees_its_own_writes_and_the_state_under_it_does_not() {
    State state = State.empty(KINDS);
    Draft draft = Draft.on(state);
    draft.put(Crate.KIND, new Crate("1", "ann", 5));
    assertThat(draft.find(Crate.KIND, "1")).isEqualTo(new Crate("1", "ann", 5));
    assertThat(state.find(Crate.KIND, "1")).isNull();
  }

  @Test
  void going_back_to_a_mark_undoes_rows_indexes_totals_and_changes() {
    Draft draft = Draft.on(State.empty(KINDS));
    draft.put(Crate.KIND, new Crate("1", "ann", 5));
    Draft.Mark mark = draft.mark();
    draft.put(Crate.KIND, new Crate("1", "bob", 7));
    draft.put(Crate.KIND, new Crate("2", "bob", 1));
    draft.backTo(mark);
    assertThat(draft.count(Crate.KIND)).isEqualTo(1);
    assertThat(draft.count(Crate.BY_OWNER, "bob")).isZero();
    assertThat(draft.total(Crate.WEIGHT, "ann")).isEqualTo(5);
    assertThat(draft.changes()).hasSize(1);
  }

  @Test
  void putting_an_equal_row_is_no_change() {
    Draft draft = Draft.on(State.empty(KINDS));
    draft.put(Crate.KIND, new Crate("1", "ann", 5));
    draft.put(Crate.KIND, new Crate("1", "ann", 5));
    assertThat(draft.changes()).hasSize(1);
  }

  @Test
  void rows_may_be_put_while_walking_them() {
    Draft draft = Draft.on(State.empty(KINDS));
    for (int at = 100; at < 200; at++) {
      draft.put(Crate.KIND, new Crate("" + at, "ann", 1));
    }
    int seen = 0;
    for (Crate crate : draft.by(Crate.BY_OWNER, "ann")) {
      draft.put(Crate.KIND, new Crate(crate.id() + "x", "ann", 1));
      draft.remove(Crate.KIND, crate.id());
      seen++;
    }
    assertThat(seen).isEqualTo(100);
    assertThat(draft.count(Crate.BY_OWNER, "ann")).isEqualTo(100);
  }

  @Test
  void a_walk_starts_after_the_given_key() {
    Draft draft = Draft.on(State.empty(KINDS));
    for (int at = 100; at < 300; at++) {
      draft.put(Crate.KIND, new Crate("" + at, at % 2 == 0 ? "ann" : "bob", 1));
    }
    List<String> ids = new ArrayList<>();
    draft.by(Crate.BY_OWNER, "ann", "289").forEach(crate -> ids.add(crate.id()));
    assertThat(ids).containsExactly("290", "292", "294", "296", "298");
    List<String> rest = new ArrayList<>();
    draft.after(Crate.KIND, "297").forEach(crate -> rest.add(crate.id()));
    assertThat(rest).containsExactly("298", "299");
  }

  @Test
  void random_edits_match_a_plain_map_and_leave_every_older_state_untouched() {
    for (int seed = 0; seed < 40; seed++) {
      randomEdits(new Random(seed));
    }
  }

  private static void randomEdits(Random random) {
    TreeMap<String, Crate> model = new TreeMap<>();
    State state = State.empty(KINDS);
    List<State> older = new ArrayList<>();
    List<Map<String, Crate>> olderModels = new ArrayList<>();
    for (int turn = 0; turn < 60; turn++) {
      Draft draft = Draft.on(state);
      for (int command = 0; command < 5; command++) {
        Draft.Mark mark = draft.mark();
        TreeMap<String, Crate> before = new TreeMap<>(model);
        int edits = random.nextInt(40);
        for (int edit = 0; edit < edits; edit++) {
          String id = "" + random.nextInt(400);
          if (random.nextInt(5) < 2) {
            draft.remove(Crate.KIND, id);
            model.remove(id);
          } else {
            Crate crate = new Crate(id, "o" + random.nextInt(5), random.nextInt(9));
            draft.put(Crate.KIND, crate);
            model.put(id, crate);
          }
        }
        if (random.nextInt(4) == 0) {
          draft.backTo(mark);
          model = before;
        }
      }
      older.add(state);
      olderModels.add(asMap(state));
      state = draft.state();
      assertSame(state, model);
    }
    for (int at = 0; at < older.size(); at++) {
      assertSame(older.get(at), olderModels.get(at));
    }
  }

  private static Map<String, Crate> asMap(View view) {
    TreeMap<String, Crate> map = new TreeMap<>();
    view.all(Crate.KIND).forEach(crate -> map.put(crate.id(), crate));
    return map;
  }

  private static void assertSame(View view, Map<String, Crate> model) {
    List<Crate> rows = new ArrayList<>();
    view.all(Crate.KIND).forEach(rows::add);
    assertThat(rows).containsExactlyElementsOf(model.values());
    assertThat(view.count(Crate.KIND)).isEqualTo(model.size());
    for (int owner = 0; owner < 5; owner++) {
      String name = "o" + owner;
      List<Crate> owned = new ArrayList<>();
      view.by(Crate.BY_OWNER, name).forEach(owned::add);
      List<Crate> wanted = model.values().stream().filter(c -> c.owner().equals(name)).toList();
      assertThat(owned).containsExactlyElementsOf(wanted);
      assertThat(view.count(Crate.BY_OWNER, name)).isEqualTo(wanted.size());
      assertThat(view.total(Crate.WEIGHT, name))
          .isEqualTo(wanted.stream().mapToInt(Crate::weight).sum());
    }
  }
}
