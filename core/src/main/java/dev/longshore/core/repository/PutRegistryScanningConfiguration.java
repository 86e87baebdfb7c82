package dev.longshore.core.repository;

import dev.longshore.core.model.RegistryConfiguration;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.PutRegistryScanningConfigurationRequest;
import dev.longshore.shapes.ecr.PutRegistryScanningConfigurationResponse;
import dev.longshore.shapes.ecr.RegistryScanningRule;
import java.util.List;
import java.util.Objects;

/** Says which repositories are scanned, and when. */
public final class PutRegistryScanningConfiguration
    implements Command<
        PutRegistryScanningConfigurationRequest, PutRegistryScanningConfigurationResponse> {

  @Override
  public PutRegistryScanningConfigurationResponse decide(
      Draft draft, PutRegistryScanningConfigurationRequest request, Context context) {
    RegistryConfiguration before = RegistryConfiguration.of(draft);
    String type = Objects.requireNonNullElse(request.scanType(), before.scanType());
    if (!type.equals("BASIC")) {
      // That is Amazon Inspector's, which watches on; there is none here.
      throw Repositories.invalid("scanType", "only scan type BASIC is supported");
    }
    List<RegistryScanningRule> rules = Given.list(request.rules());
    for (RegistryScanningRule rule : rules) {
      if (rule.scanFrequency().equals("CONTINUOUS_SCAN")) {
        throw Repositories.invalid(
            "rules", "scanFrequency CONTINUOUS_SCAN cannot be used with scan type BASIC");
      }
    }
    if (rules.stream().map(RegistryScanningRule::scanFrequency).distinct().count() < rules.size()) {
      throw Repositories.invalid("rules", "there must not be two rules of one scanFrequency");
    }
    RegistryConfiguration row = before.withScanning(type, rules);
    draft.put(RegistryConfiguration.KIND, row);
    return new PutRegistryScanningConfigurationResponse(Scanning.shown(row));
  }
}
