package dev.longshore.cli;

import dev.longshore.cli.image.RegistryClient;
import dev.longshore.wire.json.Json;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Has the registry delete what nobody wants, without waiting for its hourly round. */
@Command(
    name = "gc",
    description = "Deletes layers that no image has, and uploads that rest.",
    mixinStandardHelpOptions = true)
final class ImageCollectCommand implements Callable<Integer> {
  private static final long DAY = 86_400;

  @Mixin private final ServerOptions options = new ServerOptions();

  @Option(
      names = "--unused-for",
      paramLabel = "SECONDS",
      description = {
        "Only what has been in no use for so long (default: ${DEFAULT-VALUE}, a day).",
        "With 0 a push that is under way may have to begin again."
      })
  private long unused = DAY;

  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (unused < 0 || unused > 999_999_999) {
      throw new ParameterException(spec.commandLine(), "--unused-for is 0 to 999999999");
    }
    try (RegistryClient client = ImageCommand.client(options)) {
      Json swept = client.collect(unused);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "Deleted %d blobs of %s and %d unfinished uploads.%n",
          swept.at("blobs").number(),
          TransferLines.size(swept.at("bytes").number()),
          swept.at("uploads").number());
      out.flush();
    }
    return 0;
  }
}
