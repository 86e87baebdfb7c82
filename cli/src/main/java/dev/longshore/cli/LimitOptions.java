package dev.longshore.cli;

import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How long and how large things may get in a control plane, where the usual will not do. */
final class LimitOptions {
  /** What is delivered at half time must outlive a connection that is lost and found again. */
  private static final int SHORTEST_LIFE = 20;

  private static final int LONGEST_LIFE = 43_200;
  private static final int LEAST_KIB = 64;
  private static final int MOST_KIB = 1 << 20;

  @Option(
      names = "--task-credentials-life",
      paramLabel = "SECONDS",
      description = {
        "How long the keys of a task's role are good for, 20 to 43200; new ones are delivered",
        "when half of it is over (default: ${DEFAULT-VALUE})."
      })
  private int credentialsLife = 21_600;

  @Option(
      names = "--snapshot-after",
      paramLabel = "KIB",
      description = {
        "Replace the log by a snapshot once it has grown by so much, 64 to 1048576",
        "(default: ${DEFAULT-VALUE})."
      })
  private int snapshotAfter = 32_768;

  Duration credentialsLife(CommandSpec spec) {
    check(spec, "--task-credentials-life", credentialsLife, SHORTEST_LIFE, LONGEST_LIFE);
    return Duration.ofSeconds(credentialsLife);
  }

  /** In bytes. */
  long snapshotAfter(CommandSpec spec) {
    check(spec, "--snapshot-after", snapshotAfter, LEAST_KIB, MOST_KIB);
    return snapshotAfter * 1024L;
  }

  private static void check(CommandSpec spec, String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(spec.commandLine(), option + " is " + least + " to " + most);
    }
  }
}
