package dev.longshore.core.setting;

import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.PutAccountSettingDefaultRequest;
import dev.longshore.shapes.ecs.PutAccountSettingDefaultResponse;

/** Sets an account setting for every principal that has no value of its own. */
public final class PutAccountSettingDefault
    implements Command<PutAccountSettingDefaultRequest, PutAccountSettingDefaultResponse> {
  @Override
  public PutAccountSettingDefaultResponse decide(
      Draft draft, PutAccountSettingDefaultRequest request, Context context) {
    String root = AccountSettings.root(context);
    return new PutAccountSettingDefaultResponse(
        PutAccountSetting.put(draft, request.name(), request.value(), root));
  }
}
