package dev.longshore.server.api;

import dev.longshore.core.operation.Caller;
import java.util.List;

/** Says what a known caller may do. Asked on every request, on event loops: it must not block. */
@FunctionalInterface
public interface Permissions {
  /**
   * While there are no policies: the root user may do everything, execution roles may pull images,
   * and nobody else may do anything but ask who they are, which AWS allows whatever policies say.
   */
  Permissions WITHOUT_POLICIES =
      (caller, action) ->
          caller.isRoot()
              || action.equals("sts:GetCallerIdentity")
              || (caller.starter() && Permissions.STARTERS.contains(action));

  /** What AWS's own policy for execution roles (AmazonECSTaskExecutionRolePolicy) has of ECR. */
  List<String> STARTERS =
      List.of(
          "ecr:GetAuthorizationToken",
          "ecr:BatchCheckLayerAvailability",
          "ecr:GetDownloadUrlForLayer",
          "ecr:BatchGetImage");

  /**
   * Whether the caller may.
   *
   * @param action as policies name it, for example {@code ecs:RunTask}
   */
  boolean allow(Caller caller, String action);

  /** AWS's sentence for a caller whom no policy of their own allows what they ask for. */
  static String denial(Caller caller, String action) {
    return "User: "
        + caller.arn()
        + " is not authorized to perform: "
        + action
        + " on resource: * because no identity-based policy allows the "
        + action
        + " action";
  }
}
