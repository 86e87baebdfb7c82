package dev.longshore.core.repository;

import dev.longshore.core.model.RegistrySetting;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.PutAccountSettingRequest;
import dev.longshore.shapes.ecr.PutAccountSettingResponse;

/** Sets a setting of the registry. */
public final class PutAccountSetting
    implements Command<PutAccountSettingRequest, PutAccountSettingResponse> {

  @Override
  public PutAccountSettingResponse decide(
      Draft draft, PutAccountSettingRequest request, Context context) {
    AccountSettingValues.check(request.name(), request.value());
    draft.put(RegistrySetting.KIND, new RegistrySetting(request.name(), request.value()));
    return new PutAccountSettingResponse(request.name(), request.value());
  }
}
