package dev.longshore.core.instance;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.DeleteAttributesRequest;
import dev.longshore.shapes.ecs.DeleteAttributesResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Deletes custom attributes by name and, if one is given, value. Those that are not there are no
 * error and are left out of the answer.
 */
public final class DeleteAttributes
    implements Command<DeleteAttributesRequest, DeleteAttributesResponse> {
  @Override
  public DeleteAttributesResponse decide(
      Draft draft, DeleteAttributesRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    InstanceAttributes.checkCount(request.attributes());
    List<Attribute> deleted = new ArrayList<>();
    for (Attribute attribute : request.attributes()) {
      InstanceAttributes.checkCustom(attribute);
      ContainerInstance instance = AttributeTargets.find(draft, context, cluster, attribute);
      String value = instance.attribute(attribute.name());
      if (value != null && (attribute.value() == null || value.equals(attribute.value()))) {
        draft.put(ContainerInstance.KIND, without(instance, attribute.name()));
        deleted.add(AttributeTargets.of(instance, attribute));
      }
    }
    return new DeleteAttributesResponse(deleted);
  }

  private static ContainerInstance without(ContainerInstance instance, String name) {
    Map<String, Attribute> attributes = InstanceAttributes.byName(instance.attributes());
    attributes.remove(name);
    List<String> custom = new ArrayList<>(instance.customAttributes());
    custom.remove(name);
    return instance
        .edit()
        .attributes(List.copyOf(attributes.values()), List.copyOf(custom))
        .build();
  }
}
