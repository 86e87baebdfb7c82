package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.kms.KeyListEntry;
import dev.longshore.shapes.kms.ListKeysRequest;
import dev.longshore.shapes.kms.ListKeysResponse;

/** Lists keys. */
public final class ListKeys implements Query<ListKeysRequest, ListKeysResponse> {
  @Override
  public ListKeysResponse answer(View view, ListKeysRequest request, Context context) {
    var page =
        KeyPages.page(
            "ListKeys",
            view.all(EncryptionKey.KIND),
            EncryptionKey::id,
            request.marker(),
            request.limit());
    return new ListKeysResponse(
        page.items().stream()
            .map(key -> new KeyListEntry(key.id(), Keys.arn(key, context)))
            .toList(),
        page.marker(),
        page.marker() != null);
  }
}
