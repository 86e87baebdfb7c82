package dev.longshore.core.service;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Service;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.DeleteServiceRequest;
import dev.longshore.shapes.ecs.DeleteServiceResponse;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ServiceNotFoundException;

/** Deletes a service: it drains, and is INACTIVE once all its tasks are stopping. */
public final class DeleteService implements Command<DeleteServiceRequest, DeleteServiceResponse> {
  @Override
  public DeleteServiceResponse decide(Draft draft, DeleteServiceRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    Service service = Services.get(draft, context.place(), cluster, request.service());
    if (service.status().equals(Service.INACTIVE)) {
      throw new ServiceNotFoundException("Service not found.");
    }
    if (service.isActive()) {
      boolean forced = service.isDaemon() || Boolean.TRUE.equals(request.force());
      if (service.desiredCount() > 0 && !forced) {
        throw new InvalidParameterException(
            "The service cannot be stopped while it is scaled above 0.");
      }
      ServiceDeployments.supersede(draft, service, ServiceDeployments.DELETED, context.now());
      service = service.edit().draining().build();
      draft.put(Service.KIND, service);
    }
    return DeleteServiceResponse.builder()
        .service(ServiceAnswers.service(draft, service, false))
        .build();
  }
}
