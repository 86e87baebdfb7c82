package dev.longshore.core.service;

import static dev.longshore.core.operation.Given.list;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.DescribeServicesRequest;
import dev.longshore.shapes.ecs.DescribeServicesResponse;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.Service;
import dev.longshore.shapes.ecs.ServiceField;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Describes up to ten services of a cluster; those it does not have are failures, not errors. */
public final class DescribeServices
    implements Query<DescribeServicesRequest, DescribeServicesResponse> {
  private static final int MOST = 10;

  @Override
  public DescribeServicesResponse answer(
      View view, DescribeServicesRequest request, Context context) {
    Cluster cluster = Clusters.find(view, context, request.cluster());
    List<String> names = request.services();
    if (names.isEmpty()) {
      throw new InvalidParameterException("Services cannot be empty.");
    }
    if (names.size() > MOST) {
      throw new InvalidParameterException("Services cannot have more than " + MOST + " elements.");
    }
    boolean withTags = list(request.include()).contains(ServiceField.TAGS);
    List<Service> services = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      var found = Services.find(view, context.place(), cluster, name);
      if (found == null) {
        failures.add(missing(context, cluster, name));
      } else {
        services.add(ServiceAnswers.service(view, found, withTags));
      }
    }
    return DescribeServicesResponse.builder().services(services).failures(failures).build();
  }

  private static Failure missing(Context context, Cluster cluster, String name) {
    String arn = Arn.isMeant(name) ? name : Services.arnOf(context.place(), cluster, name);
    return Failure.builder().arn(arn).reason("MISSING").build();
  }
}
