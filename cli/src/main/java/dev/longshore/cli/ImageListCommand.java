package dev.longshore.cli;

import dev.longshore.cli.image.RegistryClient;
import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists images, a line for each tag. */
@Command(name = "ls", description = "Lists the registry's images.", mixinStandardHelpOptions = true)
final class ImageListCommand implements Callable<Integer> {
  private static final String LINE = "%-24s %-14s %-71s %10s%n";

  @Mixin private final ServerOptions options = new ServerOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "REPOSITORY",
      description = "Only the images of this one.")
  private @Nullable String repository;

  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  private record Row(String repository, String tag, String digest, long size) {}

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (RegistryClient client = ImageCommand.client(options)) {
      out.printf(LINE, "REPOSITORY", "TAG", "DIGEST", "SIZE");
      for (String name : repository == null ? repositories(client) : List.of(repository)) {
        for (Row row : rows(client, name)) {
          out.printf(LINE, row.repository, row.tag, row.digest, TransferLines.size(row.size));
        }
      }
      out.flush();
    }
    return 0;
  }

  private static List<String> repositories(RegistryClient client)
      throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    for (Json each : all(client, "DescribeRepositories", "repositories", Json.fields())) {
      names.add(each.at("repositoryName").text());
    }
    return names;
  }

  private static List<Row> rows(RegistryClient client, String repository)
      throws IOException, InterruptedException {
    Json.Fields input = Json.fields().with("repositoryName", Json.of(repository));
    List<Row> rows = new ArrayList<>();
    for (Json image : all(client, "DescribeImages", "imageDetails", input)) {
      List<String> tags = image.at("imageTags").texts();
      for (String tag : tags.isEmpty() ? List.of("<none>") : tags) {
        rows.add(
            new Row(
                repository,
                tag,
                image.at("imageDigest").text(),
                image.at("imageSizeInBytes").number()));
      }
    }
    rows.sort(Comparator.comparing(Row::tag).thenComparing(Row::digest));
    return rows;
  }

  /** All pages of an action's answer. */
  private static List<Json> all(
      RegistryClient client, String action, String member, Json.Fields input)
      throws IOException, InterruptedException {
    List<Json> all = new ArrayList<>();
    Json page = client.call(action, input);
    all.addAll(page.at(member).elements());
    while (!page.at("nextToken").isNull()) {
      page = client.call(action, input.with("nextToken", page.at("nextToken")));
      all.addAll(page.at(member).elements());
    }
    return all;
  }
}
