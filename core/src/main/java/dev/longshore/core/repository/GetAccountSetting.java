package dev.longshore.core.repository;

import dev.longshore.core.model.RegistrySetting;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.GetAccountSettingRequest;
import dev.longshore.shapes.ecr.GetAccountSettingResponse;

/** Shows a setting of the registry. */
public final class GetAccountSetting
    implements Query<GetAccountSettingRequest, GetAccountSettingResponse> {

  @Override
  public GetAccountSettingResponse answer(
      View view, GetAccountSettingRequest request, Context context) {
    String value = AccountSettingValues.usual(request.name());
    RegistrySetting row = view.find(RegistrySetting.KIND, request.name());
    return new GetAccountSettingResponse(request.name(), row == null ? value : row.value());
  }
}
