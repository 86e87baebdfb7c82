package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.model.KeyGrant;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.kms.ListGrantsRequest;
import dev.longshore.shapes.kms.ListGrantsResponse;
import java.util.ArrayList;
import java.util.List;

/** Lists the grants on a key, all or one, or those to a principal. */
public final class ListGrants implements Query<ListGrantsRequest, ListGrantsResponse> {
  @Override
  public ListGrantsResponse answer(View view, ListGrantsRequest request, Context context) {
    EncryptionKey key = Keys.named(view, request.keyId(), context);
    String grantee = request.granteePrincipal();
    Iterable<KeyGrant> grants =
        grantee == null
            ? view.by(KeyGrant.BY_KEY, key.id())
            : view.by(KeyGrant.BY_GRANTEE, KeyGrant.granted(key.id(), grantee));
    if (request.grantId() != null) {
      List<KeyGrant> one = new ArrayList<>();
      grants.forEach(grant -> {
        if (grant.id().equals(request.grantId())) {
          one.add(grant);
        }
      });
      grants = one;
    }
    return Grants.page("ListGrants", grants, request.marker(), request.limit(), context);
  }
}
