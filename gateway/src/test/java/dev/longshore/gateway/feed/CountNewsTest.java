package dev.longshore.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.feed.FeedMessage.Counted;
import dev.longshore.gateway.metric.Count;
import dev.longshore.gateway.metric.Minute;
import dev.longshore.gateway.metric.Tallied;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a gateway tells of its counters. */
class CountNewsTest {
  private static Tallied requests(long number) {
    return new Tallied(Map.of(Count.REQUEST, number), Map.of(1_000L, number), number);
  }

  private static Minute minute(long minute, Map<String, Tallied> balancers) {
    return new Minute(minute, balancers, Map.of());
  }

  @Test
  void only_what_has_changed_is_told_again_and_as_a_whole() {
    CountNews news = new CountNews("run");
    List<Minute> first =
        List.of(minute(1, Map.of("a", requests(1))), minute(2, Map.of("a", requests(2))));
    assertThat(news.take(first))
        .containsExactly(
            new Counted("run", 1, Map.of("a", requests(1)), Map.of()),
            new Counted("run", 2, Map.of("a", requests(2)), Map.of()));
    assertThat(news.take(first)).isEmpty();
    List<Minute> next =
        List.of(first.getFirst(), minute(2, Map.of("a", requests(2), "b", requests(7))));
    assertThat(news.take(next))
        .containsExactly(new Counted("run", 2, Map.of("b", requests(7)), Map.of()));
  }

  @Test
  void many_names_go_in_messages_that_are_not_long() {
    Map<String, Tallied> many = new LinkedHashMap<>();
    for (int i = 0; i < 250; i++) {
      many.put("targetgroup/name-" + i, requests(i + 1));
    }
    List<Counted> told = new CountNews("run").take(List.of(new Minute(1, Map.of(), many)));
    assertThat(told).hasSize(3);
    assertThat(told).allMatch(each -> FeedJson.write(each).length() < 64 << 10);
    assertThat(told).allMatch(each -> FeedJson.read(FeedJson.write(each)).equals(each));
  }
}
