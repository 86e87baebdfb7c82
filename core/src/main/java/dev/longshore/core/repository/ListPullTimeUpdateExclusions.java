package dev.longshore.core.repository;

import dev.longshore.core.model.PullTimeExclusion;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Paging.Page;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.ListPullTimeUpdateExclusionsRequest;
import dev.longshore.shapes.ecr.ListPullTimeUpdateExclusionsResponse;

/** Lists the principals whose pulls do not count. */
public final class ListPullTimeUpdateExclusions
    implements Query<ListPullTimeUpdateExclusionsRequest, ListPullTimeUpdateExclusionsResponse> {

  @Override
  public ListPullTimeUpdateExclusionsResponse answer(
      View view, ListPullTimeUpdateExclusionsRequest request, Context context) {
    Paging paging = Paging.of("Exclusions", request.nextToken(), request.maxResults(), 1000, 100);
    Page<String> page =
        paging.page(
            view.after(PullTimeExclusion.KIND, paging.after()),
            PullTimeExclusion::principalArn,
            PullTimeExclusion::principalArn);
    return new ListPullTimeUpdateExclusionsResponse(page.items(), page.nextToken());
  }
}
