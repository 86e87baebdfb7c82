package dev.longshore.core.setting;

import dev.longshore.core.model.AccountSetting;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.DeleteAccountSettingRequest;
import dev.longshore.shapes.ecs.DeleteAccountSettingResponse;

/**
 * Takes a principal's own value of a setting away and answers with it; where there was none, with
 * the value that holds and goes on holding.
 */
public final class DeleteAccountSetting
    implements Command<DeleteAccountSettingRequest, DeleteAccountSettingResponse> {
  @Override
  public DeleteAccountSettingResponse decide(
      Draft draft, DeleteAccountSettingRequest request, Context context) {
    KnownSetting setting = AccountSettings.changeable(request.name());
    String principal = AccountSettings.principal(context, request.principalArn());
    String value = AccountSettings.effective(draft, context, setting, principal);
    draft.remove(AccountSetting.KIND, AccountSetting.key(setting.name(), principal));
    return new DeleteAccountSettingResponse(AccountSettings.shown(setting, value, principal));
  }
}
