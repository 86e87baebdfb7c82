package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import java.util.List;

/**
 * A process to run in a container.
 *
 * @param environment further variables as {@code NAME=value}
 * @param user as in an image's config; "" for the container's own
 * @param directory to run in; "" for the container's own
 * @param terminal whether it gets a terminal, which joins output and errors
 * @param input whether its input is attached
 */
public record ExecutionSpec(
    List<String> command,
    List<String> environment,
    String user,
    String directory,
    boolean terminal,
    boolean input) {
  public static ExecutionSpec of(String... command) {
    return new ExecutionSpec(List.of(command), List.of(), "", "", false, false);
  }

  public ExecutionSpec withInput() {
    return new ExecutionSpec(command, environment, user, directory, terminal, true);
  }

  public ExecutionSpec withTerminal() {
    return new ExecutionSpec(command, environment, user, directory, true, input);
  }

  Json body() {
    return Json.fields()
        .with("AttachStdin", Json.of(input))
        .with("AttachStdout", Json.of(true))
        .with("AttachStderr", Json.of(true))
        .with("Tty", Json.of(terminal))
        .with("Cmd", Json.items(command))
        .with("Env", Json.items(environment))
        .with("User", Json.of(user))
        .with("WorkingDir", Json.of(directory));
  }
}
