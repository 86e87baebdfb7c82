package dev.longshore.core.taskdefinition;

import java.util.List;

/** The sizes that tasks on Fargate can have: 74 pairs of CPU units and MiB. */
public final class FargateSizes {
  private static final List<Row> TABLE =
      List.of(
          new Row(256, 512, 512, 512, false),
          new Row(256, 1024, 2048, 1024, false),
          new Row(512, 1024, 4096, 1024, false),
          new Row(1024, 2048, 8192, 1024, true),
          new Row(2048, 4096, 16384, 1024, true),
          new Row(4096, 8192, 30720, 1024, true),
          new Row(8192, 16384, 61440, 4096, false),
          new Row(16384, 32768, 122880, 8192, false));

  /**
   * Memory from {@code least} to {@code most} in equal steps.
   *
   * @param windows whether Windows containers can have the size as well
   */
  private record Row(int cpu, int least, int most, int step, boolean windows) {
    boolean has(int memory) {
      return memory >= least && memory <= most && (memory - least) % step == 0;
    }
  }

  private FargateSizes() {}

  /**
   * Whether tasks can have that size.
   *
   * @param cpu CPU units
   * @param memory MiB
   */
  public static boolean contain(int cpu, int memory, boolean windows) {
    for (Row row : TABLE) {
      if (row.cpu == cpu && row.has(memory) && (row.windows || !windows)) {
        return true;
      }
    }
    return false;
  }
}
