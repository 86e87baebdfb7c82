package dev.longshore.core.identity;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Grants;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.iam.CreateServiceLinkedRoleRequest;
import dev.longshore.shapes.iam.CreateServiceLinkedRoleResponse;
import dev.longshore.shapes.iam.DeleteServiceLinkedRoleRequest;
import dev.longshore.shapes.iam.DeleteServiceLinkedRoleResponse;
import dev.longshore.shapes.iam.DeletionTaskFailureReasonType;
import dev.longshore.shapes.iam.GetServiceLinkedRoleDeletionStatusRequest;
import dev.longshore.shapes.iam.GetServiceLinkedRoleDeletionStatusResponse;
import dev.longshore.shapes.iam.InvalidInputException;
import dev.longshore.shapes.iam.NoSuchEntityException;
import dev.longshore.shapes.iam.RoleUsageType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The roles that services make for themselves, and alone may change. */
final class LinkedRoles {
  static final String ECS = "ecs.amazonaws.com";
  static final String ECS_ROLE = "AWSServiceRoleForECS";

  private static final String ECS_DESCRIPTION =
      "Policy to enable Amazon ECS to manage your EC2 instances and related resources.";

  /** What a deletion's task is called before the role's name. */
  private static final String TASK = "task";

  private static final List<Linked> KNOWN =
      List.of(
          new Linked(
              ECS,
              ECS_ROLE,
              "arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy",
              ECS_DESCRIPTION),
          new Linked(
              "ecs.application-autoscaling.amazonaws.com",
              "AWSServiceRoleForApplicationAutoScaling_ECSService",
              "arn:aws:iam::aws:policy/aws-service-role/"
                  + "AWSApplicationAutoscalingECSServicePolicy",
              null));

  /** A service, its role's name, the policy of that role. */
  private record Linked(String service, String role, String policy, @Nullable String description) {}

  private LinkedRoles() {}

  static CreateServiceLinkedRoleResponse create(
      Draft draft, CreateServiceLinkedRoleRequest request, Context context) {
    String service = request.awsServiceName();
    for (Linked linked : KNOWN) {
      if (linked.service.equals(service)) {
        if (request.customSuffix() != null) {
          throw new InvalidInputException("Custom suffix is not allowed for " + service);
        }
        if (draft.find(IamRole.KIND, IamRole.key(linked.role)) != null) {
          throw new InvalidInputException(
              "Service role name "
                  + linked.role
                  + " has been taken in this account, please try a different suffix.");
        }
        String description = request.description();
        return new CreateServiceLinkedRoleResponse(
            Roles.shown(
                put(draft, linked, description == null ? linked.description : description, context),
                true));
      }
    }
    throw new InvalidInputException(
        "Service-linked roles cannot be created for the service: " + service);
  }

  /** The role of ECS, made unless it is there; as the first CreateCluster of an account does. */
  static void ensureEcs(Draft draft, Context context) {
    if (draft.find(IamRole.KIND, IamRole.key(ECS_ROLE)) == null) {
      put(draft, KNOWN.getFirst(), ECS_DESCRIPTION, context);
    }
  }

  private static IamRole put(
      Draft draft, Linked linked, @Nullable String description, Context context) {
    String path = "/aws-service-role/" + linked.service + '/';
    IamRole role =
        new IamRole(
            linked.role,
            path,
            Iam.uniqueId("AROA", context.ids()),
            Iam.arn(context.place(), "role", path, linked.role),
            context.now(),
            AwsPolicies.trust(linked.service),
            description,
            Roles.USUAL_SESSION,
            Grants.NONE.withAttached(linked.policy),
            Collections.emptyMap(),
            linked.service);
    draft.put(IamRole.KIND, role);
    return role;
  }

  /** What still needs the role is told by the deletion's status, as AWS does. */
  static DeleteServiceLinkedRoleResponse delete(
      Draft draft, DeleteServiceLinkedRoleRequest request, Context context) {
    IamRole role = Iam.role(draft, request.roleName());
    String service = role.linkedService();
    if (service == null) {
      throw new NoSuchEntityException(
          "The role with name " + request.roleName() + " cannot be found.");
    }
    if (usage(draft, role).isEmpty()) {
      draft.remove(IamRole.KIND, IamRole.key(role.name()));
    }
    return new DeleteServiceLinkedRoleResponse(
        TASK + role.path() + role.name() + '/' + context.ids().uuid());
  }

  private static List<String> usage(View view, IamRole role) {
    List<String> usage = new ArrayList<>();
    if (role.name().equals(ECS_ROLE)) {
      for (Cluster cluster : view.all(Cluster.KIND)) {
        if (cluster.active()) {
          usage.add(cluster.arn());
        }
      }
    }
    return usage;
  }

  static GetServiceLinkedRoleDeletionStatusResponse status(
      View view, GetServiceLinkedRoleDeletionStatusRequest request, Context context) {
    String[] parts = request.deletionTaskId().split("/", -1);
    if (parts.length != 5 || !parts[0].equals(TASK)) {
      throw new NoSuchEntityException(
          "Deletion Task with id " + request.deletionTaskId() + " cannot be found.");
    }
    IamRole role = view.find(IamRole.KIND, IamRole.key(parts[3]));
    if (role == null) {
      return new GetServiceLinkedRoleDeletionStatusResponse("SUCCEEDED", null);
    }
    String region = context.place().region();
    return new GetServiceLinkedRoleDeletionStatusResponse(
        "FAILED",
        new DeletionTaskFailureReasonType(
            "The role " + role.arn() + " is used by resources of the service.",
            List.of(new RoleUsageType(region, usage(view, role)))));
  }
}
