package dev.longshore.core.key;

import dev.longshore.core.model.KeyAlias;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.kms.AliasListEntry;
import dev.longshore.shapes.kms.ListAliasesRequest;
import dev.longshore.shapes.kms.ListAliasesResponse;

/** Lists aliases, all or those of a key. */
public final class ListAliases implements Query<ListAliasesRequest, ListAliasesResponse> {
  @Override
  public ListAliasesResponse answer(View view, ListAliasesRequest request, Context context) {
    Iterable<KeyAlias> aliases =
        request.keyId() == null
            ? view.all(KeyAlias.KIND)
            : view.by(KeyAlias.BY_KEY, Keys.existing(view, request.keyId(), context).id());
    var page =
        KeyPages.page("ListAliases", aliases, KeyAlias::name, request.marker(), request.limit());
    return new ListAliasesResponse(
        page.items().stream().map(alias -> entry(alias, context)).toList(),
        page.marker(),
        page.marker() != null);
  }

  private static AliasListEntry entry(KeyAlias alias, Context context) {
    return AliasListEntry.builder()
        .aliasName(alias.name())
        .aliasArn(Keys.arn(alias.name(), context))
        .targetKeyId(alias.keyId())
        .creationDate(alias.createdAt())
        .lastUpdatedDate(alias.updatedAt())
        .build();
  }
}
