package dev.longshore.agent.task;

import java.util.regex.Pattern;

/** The texts users read when something did not work, worded as Amazon's agent words them. */
public final class Reasons {
  private static final int LONGEST = 1024;

  public static final String OUT_OF_MEMORY =
      "OutOfMemoryError: Container killed due to memory usage";
  public static final String VANISHED =
      "ContainerVanishedError: No container matching saved ID found";
  public static final String CANNOT_STOP =
      "TaskStateError: Agent could not progress task's state to stopped";

  private static final Pattern NOT_ALLOWED =
      Pattern.compile("denied: User: .+ is not authorized to perform: ecr:BatchGetImage on");

  private Reasons() {}

  /**
   * The digest is asked for first, so a wrong password shows here: as of its version 1.86 Amazon's
   * agent calls all that fails there so, and keeps to the engine's words.
   */
  public static String cannotResolveManifest(String message) {
    return "CannotPullImageManifestError: " + message;
  }

  public static String cannotPull(String message) {
    return "CannotPullContainerError: " + explained(message);
  }

  /** The registry of the control plane handed out no password. */
  public static String cannotPullFromEcr(String message) {
    return "CannotPullECRContainerError: " + explained(message);
  }

  /** What to look at first, where an engine's own words are known to hide it. */
  private static String explained(String message) {
    String advice = "";
    if (NOT_ALLOWED.matcher(message).find()) {
      advice = " Check that the role has the permissions to pull images from the registry. ";
    } else if (message.contains("denied: requested access to the resource is denied")) {
      advice = " Check whether the image exists. ";
    } else if (message.contains("request canceled while waiting for connection")) {
      advice = " Check your network configuration. ";
    }
    return advice.isEmpty() ? message : "The task can’t pull the image." + advice + message;
  }

  public static String cannotCreate(String message) {
    return "CannotCreateContainerError: " + message;
  }

  public static String cannotStart(String message) {
    return "CannotStartContainerError: " + message;
  }

  /**
   * @param state the state not reached in time, such as {@code created}
   * @param limit the time as Go writes durations, such as {@code 4m0s}
   */
  public static String timedOut(String state, String limit) {
    return "DockerTimeoutError: Could not transition to "
        + state
        + "; timed out after waiting "
        + limit;
  }

  static String hostConfig(String message) {
    return "HostConfigError: " + message;
  }

  static String dockerConfig(String message) {
    return "DockerClientConfigError: " + message;
  }

  static String malformed(String detail) {
    // The missing "z" is what Amazon's agent sends and what tools have learned to look for.
    return "UnrecogniedTaskError: Error loading task - " + detail;
  }

  static String unresolvable(String taskArn) {
    return "Task dependencies cannot be resolved, taskArn: " + taskArn;
  }

  static String resource(String taskArn, String detail) {
    return "resource cannot be initialized for task " + taskArn + ": " + detail;
  }

  /** The control plane takes 1024 characters of a reason. */
  static String cut(String reason) {
    return reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST);
  }
}
