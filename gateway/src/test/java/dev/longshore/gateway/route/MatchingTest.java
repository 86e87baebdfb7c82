package dev.longshore.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which requests meet which conditions. */
class MatchingTest {
  private static final Question HERE = Question.get("/");

  private static boolean meets(Condition condition, Question question) {
    return Criterion.of(condition).meets(question);
  }

  private static Condition host(String... values) {
    return new Condition.HostHeader(List.of(values), List.of());
  }

  private static Condition path(String... values) {
    return new Condition.PathPattern(List.of(values), List.of());
  }

  private static Condition query(String key, String value) {
    return new Condition.QueryString(
        List.of(new Condition.Pair(key.isEmpty() ? null : key, value)));
  }

  @Test
  void hosts_match_in_any_case() {
    assertThat(meets(host("www.example.com"), HERE.withHost("WWW.Example.com"))).isTrue();
    assertThat(meets(host("*.Example.com"), HERE.withHost("API.example.COM"))).isTrue();
    assertThat(meets(host("*.example.com"), HERE.withHost("example.com"))).isFalse();
    assertThat(meets(host("api-?.example.com"), HERE.withHost("api-10.example.com"))).isFalse();
  }

  @Test
  void paths_match_only_in_the_same_case() {
    assertThat(meets(path("/blue"), Question.get("/Blue"))).isFalse();
    assertThat(meets(path("/blue"), Question.get("/blue"))).isTrue();
    assertThat(meets(path("/blue"), Question.get("/blue/1"))).isFalse();
    assertThat(meets(path("/blue/*"), Question.get("/blue/"))).isTrue();
    assertThat(meets(path("/*/x?z/*.js"), Question.get("/a/b/xyz/c.d.js"))).isTrue();
    assertThat(meets(path("/red", "/green"), Question.get("/green"))).isTrue();
  }

  @Test
  void a_pattern_of_many_stars_is_matched_in_bounded_time() {
    String text = "/" + "a".repeat(16_000);
    assertThat(meets(path("*a*a*a*a*b"), Question.get(text))).isFalse();
  }

  @Test
  void any_value_of_a_repeated_header_will_do_in_any_case() {
    Condition condition = new Condition.HttpHeader("User-Agent", List.of("*chrome*"), List.of());
    assertThat(meets(condition, HERE.with("User-Agent", "curl", "My CHROME 7"))).isTrue();
    assertThat(meets(condition, HERE.with("User-Agent", "curl"))).isFalse();
    assertThat(meets(condition, HERE)).isFalse();
  }

  @Test
  void methods_match_exactly_and_get_does_not_mean_head() {
    Condition condition = new Condition.HttpRequestMethod(List.of("GET", "PURGE"));
    assertThat(meets(condition, HERE.withMethod("PURGE"))).isTrue();
    assertThat(meets(condition, HERE.withMethod("HEAD"))).isFalse();
    assertThat(meets(condition, HERE.withMethod("get"))).isFalse();
  }

  @Test
  void parameters_are_compared_decoded_and_in_any_case() {
    assertThat(meets(query("version", "v1"), HERE.withQuery("a=b&Version=V1"))).isTrue();
    assertThat(meets(query("", "*plus one*"), HERE.withQuery("q=the+plus%20one"))).isTrue();
    assertThat(meets(query("version", "v1"), HERE.withQuery("version=v2&x=v1"))).isFalse();
    assertThat(meets(query("", "100%"), HERE.withQuery("x=100%"))).isTrue();
    assertThat(meets(query("version", "v1"), HERE)).isFalse();
  }

  @Test
  void sources_match_by_blocks_of_either_family() {
    Condition condition =
        new Condition.SourceIp(List.of("10.1.0.0/17", "2001:db8::/33", "192.0.2.7/32"));
    assertThat(meets(condition, HERE.withSource("10.1.127.255"))).isTrue();
    assertThat(meets(condition, HERE.withSource("10.1.128.0"))).isFalse();
    assertThat(meets(condition, HERE.withSource("2001:db8:7fff::1"))).isTrue();
    assertThat(meets(condition, HERE.withSource("2001:db8:8000::1"))).isFalse();
    assertThat(meets(condition, HERE.withSource("192.0.2.7"))).isTrue();
    assertThat(meets(condition, HERE.withSource("192.0.2.6"))).isFalse();
  }

  @Test
  void expressions_are_searched_for() {
    Condition condition = new Condition.PathPattern(List.of(), List.of("^/api/v[0-9]+(/|$)"));
    assertThat(meets(condition, Question.get("/api/v12/users"))).isTrue();
    assertThat(meets(condition, Question.get("/x/api/v12/users"))).isFalse();
  }

  @Test
  void of_two_rules_that_match_the_lower_priority_wins_however_they_are_given() {
    Rule ten = new Rule("ten", 10, List.of(path("/a*")), fixed(210));
    Rule five = new Rule("five", 5, List.of(path("/ab*")), fixed(205));
    Table table = table(List.of(ten, five), fixed(299));
    assertThat(status(table, "/abc")).isEqualTo(205);
    assertThat(status(table, "/a")).isEqualTo(210);
    assertThat(status(table, "/b")).isEqualTo(299);
  }

  @Test
  void all_conditions_of_a_rule_have_to_be_met() {
    Condition method = new Condition.HttpRequestMethod(List.of("POST"));
    Rule rule = new Rule("both", 1, List.of(path("/a"), method), fixed(201));
    Table table = table(List.of(rule), fixed(299));
    assertThat(status(table, "/a")).isEqualTo(299);
  }

  @Test
  void routes_that_mean_nothing_are_refused_as_a_whole() {
    Rule block =
        new Rule("r", 1, List.of(new Condition.SourceIp(List.of("10.0.0.0/33"))), fixed(200));
    assertThatThrownBy(() -> table(List.of(block), fixed(200)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> table(List.of(), Action.Forward.to("nobody")))
        .hasMessageContaining("nobody");
  }

  private static Action fixed(int status) {
    return new Action.FixedResponse(status, "", "");
  }

  private static Table table(List<Rule> rules, Action otherwise) {
    Listener listener =
        new Listener(
            "l",
            Protocol.HTTP,
            "127.0.0.1",
            0,
            Map.of(),
            SecurityPolicy.usual(),
            List.of(),
            rules,
            otherwise);
    LoadBalancer balancer = new LoadBalancer("app/a/1", "", Map.of(), List.of(listener));
    return Table.of(new Routes(1, List.of(balancer), List.of()), Table.empty());
  }

  private static int status(Table table, String path) {
    Gate gate = table.gate("l");
    return gate != null && gate.outcome(Question.get(path)) instanceof Outcome.Answer answer
        ? answer.response().status()
        : 0;
  }
}
