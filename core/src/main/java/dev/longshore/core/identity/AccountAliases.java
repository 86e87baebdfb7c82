package dev.longshore.core.identity;

import dev.longshore.core.model.AccountAlias;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.iam.CreateAccountAliasRequest;
import dev.longshore.shapes.iam.DeleteAccountAliasRequest;
import dev.longshore.shapes.iam.ListAccountAliasesRequest;
import dev.longshore.shapes.iam.ListAccountAliasesResponse;
import dev.longshore.shapes.iam.NoSuchEntityException;
import java.util.List;

/** The account's alias; a new one takes the place of the old. */
final class AccountAliases {
  private AccountAliases() {}

  static Shape create(Draft draft, CreateAccountAliasRequest request, Context context) {
    draft.put(AccountAlias.KIND, new AccountAlias(request.accountAlias()));
    return Iam.NOTHING;
  }

  static Shape delete(Draft draft, DeleteAccountAliasRequest request, Context context) {
    AccountAlias alias = draft.find(AccountAlias.KIND, AccountAlias.KEY);
    if (alias == null || !alias.name().equals(request.accountAlias())) {
      throw new NoSuchEntityException(
          "The account alias with name " + request.accountAlias() + " cannot be found.");
    }
    draft.remove(AccountAlias.KIND, AccountAlias.KEY);
    return Iam.NOTHING;
  }

  static ListAccountAliasesResponse list(
      View view, ListAccountAliasesRequest request, Context context) {
    AccountAlias alias = view.find(AccountAlias.KIND, AccountAlias.KEY);
    List<String> names = alias == null ? List.of() : List.of(alias.name());
    return new ListAccountAliasesResponse(names, false, null);
  }
}
