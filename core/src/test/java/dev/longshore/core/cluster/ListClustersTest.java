package dev.longshore.core.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.core.Harbour;
import dev.longshore.shapes.ecs.CreateClusterRequest;
import dev.longshore.shapes.ecs.DeleteClusterRequest;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ListClustersRequest;
import dev.longshore.shapes.ecs.ListClustersResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListClustersTest {
  private final Harbour harbour = new Harbour();

  @Test
  void pages_join_to_the_whole_list_and_the_last_has_no_token() {
    for (int at = 10; at < 35; at++) {
      create("c" + at);
    }
    List<String> all = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    String token = null;
    do {
      ListClustersResponse page = list(token, 10);
      List<String> arns = requireNonNull(page.clusterArns());
      all.addAll(arns);
      sizes.add(arns.size());
      token = page.nextToken();
    } while (token != null);
    assertThat(sizes).containsExactly(10, 10, 5);
    assertThat(all).isSorted().doesNotHaveDuplicates().hasSize(25);
  }

  @Test
  void a_page_that_holds_exactly_all_has_no_token() {
    create("a");
    create("b");
    assertThat(list(null, 2).nextToken()).isNull();
  }

  @Test
  void clusters_created_and_deleted_between_pages_disturb_no_other() {
    List.of("a", "c", "e", "g").forEach(this::create);
    ListClustersResponse first = list(null, 2);
    harbour.call(new DeleteCluster(), DeleteClusterRequest.builder().cluster("c").build());
    create("b");
    create("f");
    assertThat(list(first.nextToken(), 10).clusterArns())
        .extracting(arn -> arn.substring(arn.length() - 1))
        .containsExactly("e", "f", "g");
  }

  @Test
  void tokens_that_no_listing_gave_are_refused() {
    create("a");
    create("b");
    for (String token : List.of("", "nonsense", "!", "TGlzdFRhc2tzIGE")) {
      assertThatExceptionOfType(InvalidParameterException.class)
          .isThrownBy(() -> list(token, 1))
          .withMessage("Invalid token");
    }
  }

  @Test
  void a_page_has_from_one_to_a_hundred_clusters() {
    for (int wrong : new int[] {-1, 0, 101}) {
      assertThatExceptionOfType(InvalidParameterException.class)
          .isThrownBy(() -> list(null, wrong));
    }
    assertThat(list(null, 1).clusterArns()).isEmpty();
    assertThat(list(null, 100).clusterArns()).isEmpty();
  }

  private void create(String name) {
    harbour.call(new CreateCluster(), CreateClusterRequest.builder().clusterName(name).build());
  }

  private ListClustersResponse list(@Nullable String token, @Nullable Integer maxResults) {
    return harbour.ask(
        new ListClusters(),
        ListClustersRequest.builder().nextToken(token).maxResults(maxResults).build());
  }
}
