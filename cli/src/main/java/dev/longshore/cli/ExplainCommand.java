package dev.longshore.cli;

import dev.longshore.shapes.longshore.Preview;
import dev.longshore.shapes.longshore.PreviewServiceRequest;
import dev.longshore.shapes.longshore.PreviewTaskRequest;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells where one more task can go, and of each container instance why not. */
@Command(
    name = "explain",
    description = "Tells why a task can or cannot be placed, instance by instance.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "task",
      description = "Explains a task as RunTask would place it.",
      mixinStandardHelpOptions = true)
  int task(
      @Mixin PreviewOptions options,
      @Mixin TaskRequest task,
      @Parameters(
              paramLabel = "DEFINITION",
              arity = "0..1",
              defaultValue = "",
              description = "Family, family:revision or ARN of the task definition.")
          String definition)
      throws IOException, InterruptedException {
    return explain(
        options,
        "PreviewTask",
        new PreviewTaskRequest(
            task.with(spec, definition, options.cluster()), 0, options.instances()));
  }

  @Command(
      name = "service",
      description = "Explains one more task of a service.",
      mixinStandardHelpOptions = true)
  int service(
      @Mixin PreviewOptions options,
      @Parameters(paramLabel = "SERVICE", description = "Name or ARN of the service.")
          String service)
      throws IOException, InterruptedException {
    return explain(
        options,
        "PreviewService",
        new PreviewServiceRequest(options.cluster(), service, 0, options.instances()));
  }

  private int explain(PreviewOptions options, String operation, dev.longshore.shapes.Shape request)
      throws IOException, InterruptedException {
    Preview preview = options.ask(operation, request);
    PreviewOptions.text(spec, options).explained(preview);
    return 0;
  }
}
