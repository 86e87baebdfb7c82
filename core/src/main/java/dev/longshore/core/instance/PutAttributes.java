package dev.longshore.core.instance;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.PutAttributesRequest;
import dev.longshore.shapes.ecs.PutAttributesResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts custom attributes on container instances; one of the same name is replaced. */
public final class PutAttributes implements Command<PutAttributesRequest, PutAttributesResponse> {
  @Override
  public PutAttributesResponse decide(Draft draft, PutAttributesRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    InstanceAttributes.checkCount(request.attributes());
    List<Attribute> put = new ArrayList<>();
    for (Attribute attribute : request.attributes()) {
      InstanceAttributes.checkCustom(attribute);
      ContainerInstance instance = AttributeTargets.find(draft, context, cluster, attribute);
      draft.put(ContainerInstance.KIND, with(instance, attribute));
      put.add(AttributeTargets.of(instance, attribute));
    }
    return new PutAttributesResponse(put);
  }

  private static ContainerInstance with(ContainerInstance instance, Attribute attribute) {
    Map<String, Attribute> attributes = InstanceAttributes.byName(instance.attributes());
    attributes.putAll(InstanceAttributes.byName(List.of(attribute)));
    List<String> custom = new ArrayList<>(instance.customAttributes());
    if (!custom.contains(attribute.name())) {
      custom.add(attribute.name());
    }
    InstanceAttributes.checkLimit(custom);
    return instance
        .edit()
        .attributes(List.copyOf(attributes.values()), List.copyOf(custom))
        .build();
  }
}
