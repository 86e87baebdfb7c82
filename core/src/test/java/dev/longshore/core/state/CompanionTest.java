package dev.longshore.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompanionTest {
  private record Boat(String name, int length) {}

  private static final Kind<Boat> BOATS = Kind.of("boat", Boat.class, Boat::name);
  private static final Companion.Role<Lengths> LENGTHS = Companion.Role.of(Lengths::new);

  /** How many boats there are of each length; filled when first asked. */
  private static final class Lengths implements Companion {
    private @Nullable Map<Integer, Integer> counts;

    Map<Integer, Integer> of(View view) {
      if (counts == null) {
        counts = new TreeMap<>();
        for (Boat boat : view.all(BOATS)) {
          counts.merge(boat.length(), 1, Integer::sum);
        }
      }
      return counts;
    }

    @Override
    public void changed(Change<?> change) {
      Boat before = change.before(BOATS);
      Boat after = change.after(BOATS);
      if (counts != null && before != null) {
        counts.compute(before.length(), (length, count) -> less(count));
      }
      if (counts != null && after != null) {
        counts.merge(after.length(), 1, Integer::sum);
      }
    }

    private static @Nullable Integer less(@Nullable Integer count) {
      return count == null || count == 1 ? null : Integer.valueOf(count - 1);
    }
  }

  private final State empty = State.empty(List.of(BOATS));
  private final Companions companions = new Companions();

  private static Map<Integer, Integer> lengths(Draft draft) {
    return draft.companion(LENGTHS).of(draft);
  }

  @Test
  void it_tells_of_the_rows_as_the_draft_shows_them() {
    Draft draft = Draft.on(empty);
    draft.put(BOATS, new Boat("a", 3));
    assertThat(lengths(draft)).containsExactly(Map.entry(3, 1));
    draft.put(BOATS, new Boat("b", 3));
    draft.put(BOATS, new Boat("a", 4));
    draft.put(BOATS, new Boat("a", 4));
    assertThat(lengths(draft)).containsExactly(Map.entry(3, 1), Map.entry(4, 1));
    draft.remove(BOATS, "b");
    assertThat(lengths(draft)).containsExactly(Map.entry(4, 1));
  }

  @Test
  void going_back_to_a_mark_takes_it_back_too() {
    Draft draft = Draft.on(empty);
    draft.put(BOATS, new Boat("a", 3));
    assertThat(lengths(draft)).hasSize(1);
    Draft.Mark mark = draft.mark();
    draft.put(BOATS, new Boat("a", 4));
    draft.put(BOATS, new Boat("b", 5));
    draft.remove(BOATS, "a");
    draft.backTo(mark);
    assertThat(lengths(draft)).containsExactly(Map.entry(3, 1));
  }

  @Test
  void it_is_carried_from_draft_to_draft() {
    Draft first = Draft.on(empty, companions);
    first.put(BOATS, new Boat("a", 3));
    Lengths lengths = first.companion(LENGTHS);
    assertThat(lengths.of(first)).hasSize(1);
    Draft second = Draft.on(first.state(), companions);
    second.put(BOATS, new Boat("b", 4));
    assertThat(second.companion(LENGTHS)).isSameAs(lengths);
    assertThat(lengths(second)).containsExactly(Map.entry(3, 1), Map.entry(4, 1));
  }

  @Test
  void a_draft_without_changes_hands_it_on() {
    Draft first = Draft.on(empty, companions);
    first.put(BOATS, new Boat("a", 3));
    Lengths lengths = first.companion(LENGTHS);
    State state = first.state();
    assertThat(Draft.on(state, companions).state()).isSameAs(state);
    assertThat(Draft.on(state, companions).companion(LENGTHS)).isSameAs(lengths);
  }

  @Test
  void a_draft_that_was_dropped_takes_it_along() {
    State state = Draft.on(empty, companions).state();
    Draft dropped = Draft.on(state, companions);
    assertThat(lengths(dropped)).isEmpty();
    dropped.put(BOATS, new Boat("a", 3));
    Draft next = Draft.on(state, companions);
    assertThat(lengths(next)).isEmpty();
  }

  @Test
  void a_draft_that_goes_on_after_its_state_was_taken_does_not_pass_it_on() {
    Draft draft = Draft.on(empty, companions);
    draft.put(BOATS, new Boat("a", 3));
    assertThat(lengths(draft)).hasSize(1);
    State state = draft.state();
    draft.put(BOATS, new Boat("b", 4));
    assertThat(lengths(Draft.on(state, companions))).containsExactly(Map.entry(3, 1));
  }
}
