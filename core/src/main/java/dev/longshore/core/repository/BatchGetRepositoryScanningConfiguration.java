package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.BatchGetRepositoryScanningConfigurationRequest;
import dev.longshore.shapes.ecr.BatchGetRepositoryScanningConfigurationResponse;
import dev.longshore.shapes.ecr.RepositoryScanningConfiguration;
import dev.longshore.shapes.ecr.RepositoryScanningConfigurationFailure;
import java.util.ArrayList;
import java.util.List;

/** Says of some repositories whether they are scanned, and when. */
public final class BatchGetRepositoryScanningConfiguration
    implements Query<
        BatchGetRepositoryScanningConfigurationRequest,
        BatchGetRepositoryScanningConfigurationResponse> {

  @Override
  public BatchGetRepositoryScanningConfigurationResponse answer(
      View view, BatchGetRepositoryScanningConfigurationRequest request, Context context) {
    List<RepositoryScanningConfiguration> found = new ArrayList<>();
    List<RepositoryScanningConfigurationFailure> failures = new ArrayList<>();
    for (String name : request.repositoryNames()) {
      ImageRepository row = view.find(ImageRepository.KIND, name);
      if (row == null) {
        failures.add(
            new RepositoryScanningConfigurationFailure(
                name, "REPOSITORY_NOT_FOUND", "The repository was not found"));
      } else {
        found.add(Scanning.of(view, row, context));
      }
    }
    return new BatchGetRepositoryScanningConfigurationResponse(found, failures);
  }
}
