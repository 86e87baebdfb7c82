package dev.longshore.core.cluster;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.ListClustersRequest;
import dev.longshore.shapes.ecs.ListClustersResponse;

/** Lists the ARNs of the active clusters. */
public final class ListClusters implements Query<ListClustersRequest, ListClustersResponse> {
  @Override
  public ListClustersResponse answer(View view, ListClustersRequest request, Context context) {
    Paging paging = Paging.of("ListClusters", request.nextToken(), request.maxResults(), 100, 100);
    Paging.Page<String> page =
        paging.page(
            view.after(Cluster.KIND, paging.after()),
            Cluster::arn,
            cluster -> cluster.active() ? cluster.arn() : null);
    return new ListClustersResponse(page.items(), page.nextToken());
  }
}
