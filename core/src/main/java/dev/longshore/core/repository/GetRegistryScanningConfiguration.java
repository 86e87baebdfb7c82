package dev.longshore.core.repository;

import dev.longshore.core.model.RegistryConfiguration;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.GetRegistryScanningConfigurationRequest;
import dev.longshore.shapes.ecr.GetRegistryScanningConfigurationResponse;

/** Shows which repositories are scanned, and when. */
public final class GetRegistryScanningConfiguration
    implements Query<
        GetRegistryScanningConfigurationRequest, GetRegistryScanningConfigurationResponse> {

  @Override
  public GetRegistryScanningConfigurationResponse answer(
      View view, GetRegistryScanningConfigurationRequest request, Context context) {
    return new GetRegistryScanningConfigurationResponse(
        context.place().accountId(), Scanning.shown(RegistryConfiguration.of(view)));
  }
}
