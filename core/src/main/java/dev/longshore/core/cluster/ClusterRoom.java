package dev.longshore.core.cluster;

import dev.longshore.core.operation.Operations;

/** Registers the actions on clusters. */
public final class ClusterRoom {
  private ClusterRoom() {}

  /** Registers every action of this room. */
  public static void register(Operations operations) {
    operations.command("CreateCluster", new CreateCluster());
    operations.query("DescribeClusters", new DescribeClusters());
    operations.query("ListClusters", new ListClusters());
    operations.command("UpdateCluster", new UpdateCluster());
    operations.command("UpdateClusterSettings", new UpdateClusterSettings());
    operations.command("PutClusterCapacityProviders", new PutClusterCapacityProviders());
    operations.command("DeleteCluster", new DeleteCluster());
  }
}
