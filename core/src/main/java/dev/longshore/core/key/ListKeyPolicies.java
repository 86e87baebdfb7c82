package dev.longshore.core.key;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.kms.ListKeyPoliciesRequest;
import dev.longshore.shapes.kms.ListKeyPoliciesResponse;
import java.util.List;

/** Lists the names of a key's policies, of which there is always one. */
public final class ListKeyPolicies
    implements Query<ListKeyPoliciesRequest, ListKeyPoliciesResponse> {
  @Override
  public ListKeyPoliciesResponse answer(
      View view, ListKeyPoliciesRequest request, Context context) {
    Keys.named(view, request.keyId(), context);
    return new ListKeyPoliciesResponse(List.of(KeyPolicies.NAME), null, false);
  }
}
