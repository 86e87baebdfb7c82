package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Definitions.app;
import static dev.longshore.core.taskdefinition.Definitions.web;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.Harbour;
import dev.longshore.shapes.ecs.DeleteTaskDefinitionsRequest;
import dev.longshore.shapes.ecs.DeregisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.ListTaskDefinitionFamiliesRequest;
import dev.longshore.shapes.ecs.ListTaskDefinitionFamiliesResponse;
import dev.longshore.shapes.ecs.ListTaskDefinitionsRequest;
import dev.longshore.shapes.ecs.ListTaskDefinitionsResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListTaskDefinitionsTest {
  private final Harbour harbour = new Harbour(new DeletedTaskDefinitionReconciler());
  private final Definitions definitions = new Definitions(harbour);

  @BeforeEach
  void fill() {
    register("web", 11);
    register("web-2", 1);
    register("api", 2);
  }

  @Test
  void revisions_are_sorted_by_family_and_then_as_numbers() {
    assertThat(list(ListTaskDefinitionsRequest::builder))
        .containsExactly(
            "api:1", "api:2", "web:1", "web:2", "web:3", "web:4", "web:5", "web:6", "web:7",
            "web:8", "web:9", "web:10", "web:11", "web-2:1");
  }

  @Test
  void descending_reverses_families_and_revisions_over_all_pages() {
    List<String> ascending = list(ListTaskDefinitionsRequest::builder);
    for (int size : new int[] {1, 5, 14, 100}) {
      assertThat(list(() -> ListTaskDefinitionsRequest.builder().sort("DESC").maxResults(size)))
          .isEqualTo(ascending.reversed());
      assertThat(list(() -> ListTaskDefinitionsRequest.builder().sort("ASC").maxResults(size)))
          .isEqualTo(ascending);
    }
  }

  @Test
  void a_family_prefix_is_a_whole_family_here() {
    assertThat(list(() -> ListTaskDefinitionsRequest.builder().familyPrefix("web"))).hasSize(11);
    assertThat(list(() -> ListTaskDefinitionsRequest.builder().familyPrefix("we"))).isEmpty();
  }

  @Test
  void active_revisions_are_listed_unless_another_status_is_asked_for() {
    deregister("web:2", "api:1", "api:2");
    delete("api:1");
    assertThat(list(ListTaskDefinitionsRequest::builder))
        .hasSize(11)
        .doesNotContain("web:2", "api:1", "api:2");
    assertThat(list(() -> ListTaskDefinitionsRequest.builder().status("INACTIVE")))
        .containsExactly("api:2", "web:2");
    assertThat(
            list(() -> ListTaskDefinitionsRequest.builder().status("INACTIVE").familyPrefix("web")))
        .containsExactly("web:2");
    assertThat(list(() -> ListTaskDefinitionsRequest.builder().status("DELETE_IN_PROGRESS")))
        .containsExactly("api:1");
  }

  @Test
  void a_family_prefix_of_families_is_a_prefix() {
    assertThat(families("we", null)).containsExactly("web", "web-2");
    assertThat(families(null, null)).containsExactly("api", "web", "web-2");
    assertThat(families("x", null)).isEmpty();
  }

  @Test
  void a_family_is_inactive_when_none_of_its_revisions_is_active() {
    deregister("web:2", "api:1", "api:2");
    assertThat(families(null, "ACTIVE")).containsExactly("web", "web-2");
    assertThat(families(null, "INACTIVE")).containsExactly("api");
    assertThat(families(null, "ALL")).containsExactly("api", "web", "web-2");
  }

  @Test
  void a_family_whose_revisions_are_all_gone_is_not_listed() {
    deregister("api:1", "api:2");
    delete("api:1", "api:2");
    assertThat(families(null, "INACTIVE")).containsExactly("api");
    harbour.advance(Duration.ofHours(2));
    assertThat(families(null, "INACTIVE")).isEmpty();
    assertThat(families(null, "ALL")).containsExactly("web", "web-2");
  }

  @Test
  void families_are_paged() {
    ListTaskDefinitionFamiliesResponse first = families(null, null, null, 2);
    assertThat(first.families()).containsExactly("api", "web");
    ListTaskDefinitionFamiliesResponse second = families(null, null, first.nextToken(), 2);
    assertThat(second.families()).containsExactly("web-2");
    assertThat(second.nextToken()).isNull();
  }

  private void register(String family, int times) {
    for (int at = 0; at < times; at++) {
      definitions.register(web(app()).family(family));
    }
  }

  private void deregister(String... identifiers) {
    for (String identifier : identifiers) {
      harbour.call(
          new DeregisterTaskDefinition(),
          DeregisterTaskDefinitionRequest.builder().taskDefinition(identifier).build());
    }
  }

  private void delete(String... identifiers) {
    harbour.call(
        new DeleteTaskDefinitions(),
        DeleteTaskDefinitionsRequest.builder().taskDefinitions(List.of(identifiers)).build());
  }

  /** Every page of a listing, without what all ARNs start with. */
  private List<String> list(Supplier<ListTaskDefinitionsRequest.Builder> request) {
    List<String> all = new ArrayList<>();
    String token = null;
    do {
      ListTaskDefinitionsResponse page =
          harbour.ask(new ListTaskDefinitions(), request.get().nextToken(token).build());
      for (String arn : requireNonNull(page.taskDefinitionArns())) {
        all.add(arn.substring(arn.indexOf('/') + 1));
      }
      token = page.nextToken();
    } while (token != null);
    return all;
  }

  private List<String> families(@Nullable String prefix, @Nullable String status) {
    return requireNonNull(families(prefix, status, null, null).families());
  }

  private ListTaskDefinitionFamiliesResponse families(
      @Nullable String prefix,
      @Nullable String status,
      @Nullable String token,
      @Nullable Integer size) {
    return harbour.ask(
        new ListTaskDefinitionFamilies(),
        ListTaskDefinitionFamiliesRequest.builder()
            .familyPrefix(prefix)
            .status(status)
            .nextToken(token)
            .maxResults(size)
            .build());
  }
}
