package dev.longshore.core.key;

import dev.longshore.core.model.KeyGrant;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.kms.ListGrantsResponse;
import dev.longshore.shapes.kms.ListRetirableGrantsRequest;

/** Lists the grants that a principal may give up. */
public final class ListRetirableGrants
    implements Query<ListRetirableGrantsRequest, ListGrantsResponse> {
  @Override
  public ListGrantsResponse answer(View view, ListRetirableGrantsRequest request, Context context) {
    return Grants.page(
        "ListRetirableGrants",
        view.by(KeyGrant.BY_RETIRING, request.retiringPrincipal()),
        request.marker(),
        request.limit(),
        context);
  }
}
