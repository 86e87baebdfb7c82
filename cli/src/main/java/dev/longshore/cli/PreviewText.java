package dev.longshore.cli;

import dev.longshore.shapes.ecs.PlacementStrategy;
import dev.longshore.shapes.longshore.CountedObstacle;
import dev.longshore.shapes.longshore.CountedStage;
import dev.longshore.shapes.longshore.Demand;
import dev.longshore.shapes.longshore.ExaminedInstance;
import dev.longshore.shapes.longshore.Explanation;
import dev.longshore.shapes.longshore.Obstacle;
import dev.longshore.shapes.longshore.Place;
import dev.longshore.shapes.longshore.Preview;
import dev.longshore.wire.ShapeJson;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Previews as people read them, or as JSON. */
final class PreviewText {
  private static final String STRATEGIES = "STRATEGIES";

  private final PrintWriter out;
  private final boolean json;

  PreviewText(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /** Where one more task can go, and why not. */
  void explained(Preview preview) {
    if (json) {
      json(preview);
      return;
    }
    explanation(known(preview.next()));
    out.flush();
  }

  /**
   * Where tasks would go; of the next one why it would go nowhere, if not all do.
   *
   * @param most container instances to tell of
   */
  void placed(Preview preview, int count, int most) {
    if (json) {
      json(preview);
      return;
    }
    List<Place> places = list(preview.places());
    out.println(places.size() + " of " + count + " tasks would be placed.");
    if (!places.isEmpty()) {
      places(places, most);
    }
    if (places.size() < count) {
      out.println();
      explanation(known(preview.next()));
    }
    out.flush();
  }

  private void json(Preview preview) {
    out.println(new String(ShapeJson.encode(preview), StandardCharsets.UTF_8));
    out.flush();
  }

  private void places(List<Place> places, int most) {
    Map<String, Place> instances = new LinkedHashMap<>();
    Map<String, List<Integer>> tasks = new LinkedHashMap<>();
    for (int at = 0; at < places.size(); at++) {
      String arn = text(places.get(at).containerInstanceArn());
      instances.put(arn, places.get(at));
      tasks.computeIfAbsent(arn, each -> new ArrayList<>()).add(at + 1);
    }
    Table table = new Table("CONTAINER INSTANCE", "ZONE", "TASKS", "IN THEIR ORDER");
    instances.entrySet().stream()
        .limit(most)
        .forEach(entry -> {
          List<Integer> numbers = tasks.getOrDefault(entry.getKey(), List.of());
          table.row(
              id(entry.getKey()),
              text(entry.getValue().availabilityZone()),
              Integer.toString(numbers.size()),
              order(numbers));
        });
    table.print(out);
    more(instances.size() - most);
  }

  private static String order(List<Integer> numbers) {
    String first =
        String.join(", ", numbers.stream().limit(10).map(number -> "" + number).toList());
    return numbers.size() > 10 ? first + ", …" : first;
  }

  private void explanation(Explanation explanation) {
    List<CountedStage> stages = list(explanation.stages());
    int registered = number(explanation.registeredInstances());
    int able = 0;
    Table counts = new Table("STAGE", "INSTANCES", "WHY NOT");
    for (CountedStage stage : stages) {
      able = STRATEGIES.equals(stage.stage()) ? number(stage.instances()) : able;
      counts.row(text(stage.stage()), "" + number(stage.instances()), reasons(stage));
    }
    out.println(
        able
            + " of "
            + registered
            + " container instances can take one more task of group "
            + explanation.group()
            + '.');
    out.println("It asks for " + asked(known(explanation.demand())) + '.');
    counts.print(out);
    List<ExaminedInstance> instances = list(explanation.instances());
    if (!instances.isEmpty()) {
      closest(instances.getFirst());
      instances(instances, list(known(explanation.demand()).strategies()));
      more(registered - instances.size());
    }
  }

  private static String reasons(CountedStage stage) {
    List<String> reasons = new ArrayList<>();
    for (CountedObstacle obstacle : list(stage.obstacles())) {
      reasons.add(number(obstacle.instances()) + " " + text(obstacle.reason()));
    }
    return String.join(", ", reasons);
  }

  private static String asked(Demand demand) {
    List<String> parts = new ArrayList<>();
    parts.add(number(demand.cpu()) + " CPU units");
    parts.add(number(demand.memory()) + " MiB");
    list(demand.hostPorts()).forEach(port -> parts.add("port " + port));
    if (number(demand.gpus()) > 0) {
      parts.add(number(demand.gpus()) + " GPUs");
    }
    if (number(demand.networkInterfaces()) > 0) {
      parts.add("a network interface");
    }
    list(demand.requiresAttributes()).forEach(each -> parts.add("attribute " + each.name()));
    list(demand.memberOf()).forEach(each -> parts.add("memberOf(" + each + ')'));
    if (Boolean.TRUE.equals(demand.distinctInstance())) {
      parts.add("distinctInstance");
    }
    return String.join(", ", parts);
  }

  private void closest(ExaminedInstance first) {
    out.println();
    List<Obstacle> obstacles = list(first.obstacles());
    String id = id(text(first.containerInstanceArn()));
    out.println(
        obstacles.isEmpty()
            ? "The best is " + id + '.'
            : "The closest is " + id + ": " + text(obstacles.getFirst().detail()) + '.');
  }

  private void instances(List<ExaminedInstance> instances, List<PlacementStrategy> strategies) {
    Table table =
        new Table("CONTAINER INSTANCE", "ZONE", "CPU", "MIB", "OF GROUP", "STAGE", "WHY NOT");
    for (ExaminedInstance each : instances) {
      table.row(
          id(text(each.containerInstanceArn())),
          text(each.availabilityZone()),
          "" + number(each.remainingCpu()),
          "" + number(each.remainingMemory()),
          "" + number(each.groupTasks()),
          text(each.stage()),
          why(each, strategies));
    }
    table.print(out);
  }

  /** What is in the way; where nothing is, what the strategies rank it by. */
  private static String why(ExaminedInstance instance, List<PlacementStrategy> strategies) {
    List<String> parts = new ArrayList<>();
    for (Obstacle obstacle : list(instance.obstacles())) {
      parts.add(text(obstacle.detail()));
    }
    List<Integer> ranks = list(instance.ranks());
    for (int at = 0; parts.size() <= at && at < ranks.size(); at++) {
      PlacementStrategy strategy = strategies.get(at);
      parts.add(strategy.type() + ' ' + strategy.field() + " = " + ranks.get(at));
    }
    return String.join("; ", parts);
  }

  private void more(int count) {
    if (count > 0) {
      out.println("  … and " + count + " more; --instances N shows more of them.");
    }
  }

  private static String id(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static int number(@Nullable Integer number) {
    return number == null ? 0 : number;
  }

  private static <T> List<T> list(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static <T> T known(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
