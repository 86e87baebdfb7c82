package dev.longshore.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.core.Harbour;
import dev.longshore.core.model.Cluster;
import dev.longshore.shapes.ecs.ClusterNotFoundException;
import dev.longshore.shapes.ecs.CreateClusterRequest;
import dev.longshore.shapes.ecs.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClustersTest {
  private static final String ARN = "arn:aws:ecs:us-east-1:123456789012:cluster/";

  private final Harbour harbour = new Harbour();

  @Test
  void a_cluster_is_found_by_name_by_arn_and_as_the_default() {
    create("default");
    create("prod");
    assertThat(find("prod").arn()).isEqualTo(ARN + "prod");
    assertThat(find(ARN + "prod").name()).isEqualTo("prod");
    assertThat(find(null).name()).isEqualTo("default");
  }

  @Test
  void the_default_cluster_is_not_made_by_asking_for_it() {
    assertThatExceptionOfType(ClusterNotFoundException.class)
        .isThrownBy(() -> find(null))
        .withMessage("Cluster not found.");
  }

  @Test
  void the_arn_of_another_account_region_or_partition_is_not_found() {
    create("prod");
    for (String arn :
        new String[] {
          "arn:aws:ecs:us-east-1:999999999999:cluster/prod",
          "arn:aws:ecs:us-west-2:123456789012:cluster/prod",
          "arn:aws-cn:ecs:us-east-1:123456789012:cluster/prod",
        }) {
      assertThatExceptionOfType(ClusterNotFoundException.class)
          .isThrownBy(() -> find(arn))
          .withMessage("Cluster not found.");
    }
  }

  @Test
  void what_can_be_no_cluster_is_refused() {
    for (String text : new String[] {"", " ", "a b", "arn:", ARN + "a/b", ARN.replace('/', ':')}) {
      assertThatExceptionOfType(InvalidParameterException.class).isThrownBy(() -> find(text));
    }
  }

  @Test
  void the_name_is_read_from_any_cluster_arn() {
    assertThat(Clusters.nameIn(ARN + "prod")).contains("prod");
    assertThat(Clusters.nameIn("prod")).isEmpty();
    assertThat(Clusters.nameIn("arn:aws:ecs:us-east-1:123456789012:task/prod/1")).isEmpty();
  }

  private void create(String name) {
    harbour.call(new CreateCluster(), CreateClusterRequest.builder().clusterName(name).build());
  }

  private Cluster find(@Nullable String nameOrArn) {
    return Clusters.find(harbour.state(), harbour.context(), nameOrArn);
  }
}
