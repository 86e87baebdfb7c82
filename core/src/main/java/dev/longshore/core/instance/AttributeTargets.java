package dev.longshore.core.instance;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.TargetNotFoundException;

/** Finds the instance that an attribute of a request is meant for. */
final class AttributeTargets {
  static final String TYPE = "container-instance";

  private AttributeTargets() {}

  /**
   * The instance: its full ARN, or its id together with the type of the target.
   *
   * @throws TargetNotFoundException there is no such instance in the cluster
   */
  static ContainerInstance find(View view, Context context, Cluster cluster, Attribute attribute) {
    String target = Given.text(attribute.targetId());
    if (target.isEmpty()) {
      throw new InvalidParameterException(
          "The targetId of attribute " + attribute.name() + " cannot be empty.");
    }
    checkType(attribute, target);
    ContainerInstance instance = ContainerInstances.find(view, context, cluster, target);
    if (instance == null || instance.isInactive()) {
      throw new TargetNotFoundException("The target " + target + " was not found.");
    }
    return instance;
  }

  private static void checkType(Attribute attribute, String target) {
    if (attribute.targetType() == null && !Arn.isMeant(target)) {
      throw new InvalidParameterException(
          "A targetType is needed where the targetId is not a full ARN.");
    }
    if (attribute.targetType() != null && !attribute.targetType().equals(TYPE)) {
      throw new InvalidParameterException("targetType should be one of [" + TYPE + "]");
    }
  }

  /** The attribute with the instance that has it, as the API shows it. */
  static Attribute of(ContainerInstance instance, Attribute attribute) {
    return attribute.toBuilder().targetType(TYPE).targetId(instance.arn()).build();
  }
}
