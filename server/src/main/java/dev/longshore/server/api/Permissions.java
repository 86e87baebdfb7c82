package dev.longshore.server.api;

import dev.longshore.core.operation.Caller;

/** Says what a known caller may do. Asked on every request, on event loops: it must not block. */
@FunctionalInterface
public interface Permissions {
  /**
   * While there are no policies: the root user may do everything, and nobody else anything but ask
   * who they are, which AWS allows whatever policies say.
   */
  Permissions WITHOUT_POLICIES =
      (caller, action) -> caller.isRoot() || action.equals("sts:GetCallerIdentity");

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
