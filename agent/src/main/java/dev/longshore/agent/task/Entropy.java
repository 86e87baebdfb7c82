package dev.longshore.agent.task;

/** Where names and jitter come from; handed in, so that a seed replays a whole life. */
public interface Entropy {
  /** That many lower-case hexadecimal digits. */
  String hex(int digits);

  /** A number from 0 to {@code bound - 1}. */
  long below(long bound);
}
