package dev.longshore.bench.placement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Hosts that are empty at first, and tasks in the order in which they arrive and are placed; none
 * ever stops.
 */
record Packing(String name, List<Host> hosts, List<Item> items) {
  /**
   * A task.
   *
   * @param cpu in the unit of the hosts
   * @param memory MiB
   * @param gpus whole ones
   */
  record Item(int cpu, int memory, int gpus) {}

  private static final int GENERATED_HOSTS = 2_000;
  private static final int GENERATED_ITEMS = 24_000;

  /** Thousandths of a core, MiB. */
  private static final int[][] SIZES = {
    {8_000, 16_384}, {8_000, 65_536}, {16_000, 65_536}, {32_000, 65_536}, {64_000, 262_144}
  };

  /**
   * The trace of Alibaba's GPU cluster, as it is published.
   *
   * @param directory holds {@code openb_node_list_all_node.csv} and {@code
   *     openb_pod_list_default.csv}
   * @param withGpus whether tasks need the GPUs they asked for, a part of one counting as one
   */
  static Packing openb(Path directory, boolean withGpus) throws IOException {
    List<Host> hosts = new ArrayList<>();
    for (Map<String, String> row : rows(directory.resolve("openb_node_list_all_node.csv"))) {
      hosts.add(
          new Host(
              "h" + hosts.size(),
              "us-east-1a",
              "stack",
              number(row, "cpu_milli"),
              number(row, "memory_mib"),
              withGpus ? number(row, "gpu") : 0));
    }
    List<Item> items = new ArrayList<>();
    for (Map<String, String> row : rows(directory.resolve("openb_pod_list_default.csv"))) {
      int gpus = withGpus ? number(row, "num_gpu") : 0;
      items.add(new Item(number(row, "cpu_milli"), number(row, "memory_mib"), gpus));
    }
    String name = "openb, CPU and memory" + (withGpus ? " and whole GPUs" : "");
    return new Packing(name, List.copyOf(hosts), List.copyOf(items));
  }

  private static List<Map<String, String>> rows(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> names = List.of(lines.getFirst().split(",", -1));
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] values = line.split(",", -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int at = 0; at < names.size(); at++) {
        row.put(names.get(at), values[at]);
      }
      rows.add(row);
    }
    return rows;
  }

  private static int number(Map<String, String> row, String name) throws IOException {
    String value = row.get(name);
    if (value == null || value.isEmpty()) {
      throw new IOException("The trace has no " + name + " in " + row);
    }
    return Integer.parseInt(value);
  }

  /** Hosts of five shapes, and tasks whose sizes and shapes vary by orders of magnitude. */
  static Packing generated(long seed) {
    Random random = new Random(seed);
    List<Host> hosts = new ArrayList<>();
    for (int at = 0; at < GENERATED_HOSTS; at++) {
      int[] size = SIZES[random.nextInt(SIZES.length)];
      hosts.add(new Host("h" + at, "us-east-1a", "stack", size[0], size[1], 0));
    }
    List<Item> items = new ArrayList<>();
    for (int at = 0; at < GENERATED_ITEMS; at++) {
      double cores = 0.1 * Math.pow(80, random.nextDouble());
      double perCore = 512 * Math.pow(16, random.nextDouble());
      int memory = (int) Math.min(60_000, cores * perCore);
      items.add(new Item((int) (cores * 1000), Math.max(64, memory), 0));
    }
    return new Packing("generated", List.copyOf(hosts), List.copyOf(items));
  }

  /** The same tasks, and as many hosts, all of the shape that most hosts have. */
  Packing uniform() {
    Map<List<Integer>, Integer> shapes = new LinkedHashMap<>();
    hosts.forEach(host -> shapes.merge(List.of(host.cpu(), host.memory()), 1, Integer::sum));
    List<Integer> shape = Collections.max(shapes.entrySet(), Map.Entry.comparingByValue()).getKey();
    List<Host> alike =
        hosts.stream()
            .map(host ->
                new Host(host.name(), host.zone(), host.stack(), shape.get(0), shape.get(1), 0))
            .toList();
    return new Packing(name + ", hosts alike", alike, items);
  }
}
