package dev.longshore.core.setting;

import dev.longshore.core.model.AccountSetting;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.PutAccountSettingRequest;
import dev.longshore.shapes.ecs.PutAccountSettingResponse;
import dev.longshore.shapes.ecs.Setting;

/** Sets an account setting for one principal; the root's settings are the account's defaults. */
public final class PutAccountSetting
    implements Command<PutAccountSettingRequest, PutAccountSettingResponse> {
  @Override
  public PutAccountSettingResponse decide(
      Draft draft, PutAccountSettingRequest request, Context context) {
    String principal = AccountSettings.principal(context, request.principalArn());
    return new PutAccountSettingResponse(put(draft, request.name(), request.value(), principal));
  }

  /**
   * Sets a setting.
   *
   * @throws InvalidParameterException there is no such setting, it cannot be changed, or it cannot
   *     have that value
   */
  static Setting put(Draft draft, String name, String value, String principal) {
    KnownSetting setting = AccountSettings.changeable(name);
    if (!setting.values().contains(value)) {
      throw new InvalidParameterException("Invalid setting 'value'");
    }
    draft.put(AccountSetting.KIND, new AccountSetting(principal, name, value));
    return AccountSettings.shown(setting, value, principal);
  }
}
