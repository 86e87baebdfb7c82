package dev.longshore.cli;

import dev.longshore.shapes.longshore.Preview;
import dev.longshore.shapes.longshore.PreviewServiceRequest;
import dev.longshore.shapes.longshore.PreviewTaskRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows where tasks would go, and starts none. */
@Command(
    name = "place",
    description = "Shows where tasks would go; none is started.",
    mixinStandardHelpOptions = true)
final class PlaceCommand implements Callable<Integer> {
  @Mixin private final PreviewOptions options = new PreviewOptions();

  @Mixin private final TaskRequest task = new TaskRequest();

  @Parameters(
      paramLabel = "DEFINITION",
      arity = "0..1",
      defaultValue = "",
      description = "Family, family:revision or ARN of the task definition.")
  private String definition = "";

  @Option(
      names = "--service",
      paramLabel = "SERVICE",
      description = "More tasks of this service, by its own rules.")
  private @Nullable String service;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many tasks, at most 10,000 (default: ${DEFAULT-VALUE}).")
  private int count = 1;

  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    int instances = options.instances();
    Preview preview =
        service == null
            ? options.ask(
                "PreviewTask",
                new PreviewTaskRequest(
                    task.with(spec, definition, options.cluster()), count, instances))
            : options.ask(
                "PreviewService",
                new PreviewServiceRequest(options.cluster(), service, count, instances));
    PreviewOptions.text(spec, options).placed(preview, count, instances);
    return 0;
  }
}
