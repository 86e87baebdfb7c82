package dev.longshore.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a task passed each step; null where it has not.
 *
 * @param connectivity CONNECTED or DISCONNECTED: the agent's link, as it last changed
 * @param executionStoppedAt the first essential container's exit
 */
public record TaskTimeline(
    Instant createdAt,
    @Nullable Instant pullStartedAt,
    @Nullable Instant pullStoppedAt,
    @Nullable String connectivity,
    @Nullable Instant connectivityAt,
    @Nullable Instant startedAt,
    @Nullable Instant stoppingAt,
    @Nullable Instant executionStoppedAt,
    @Nullable Instant stoppedAt) {
  /** A task made at that moment. */
  public static TaskTimeline createdAt(Instant now) {
    return new TaskTimeline(now, null, null, null, null, null, null, null, null);
  }

  public TaskTimeline withPull(@Nullable Instant started, @Nullable Instant stopped) {
    return new TaskTimeline(
        createdAt,
        pullStartedAt == null ? started : pullStartedAt,
        stopped == null ? pullStoppedAt : stopped,
        connectivity,
        connectivityAt,
        startedAt,
        stoppingAt,
        executionStoppedAt,
        stoppedAt);
  }

  public TaskTimeline withConnectivity(String value, Instant at) {
    return new TaskTimeline(
        createdAt,
        pullStartedAt,
        pullStoppedAt,
        value,
        at,
        startedAt,
        stoppingAt,
        executionStoppedAt,
        stoppedAt);
  }

  public TaskTimeline withStartedAt(Instant at) {
    return new TaskTimeline(
        createdAt,
        pullStartedAt,
        pullStoppedAt,
        connectivity,
        connectivityAt,
        at,
        stoppingAt,
        executionStoppedAt,
        stoppedAt);
  }

  public TaskTimeline withStoppingAt(Instant at) {
    return new TaskTimeline(
        createdAt,
        pullStartedAt,
        pullStoppedAt,
        connectivity,
        connectivityAt,
        startedAt,
        at,
        executionStoppedAt,
        stoppedAt);
  }

  public TaskTimeline withExecutionStoppedAt(Instant at) {
    return new TaskTimeline(
        createdAt,
        pullStartedAt,
        pullStoppedAt,
        connectivity,
        connectivityAt,
        startedAt,
        stoppingAt,
        at,
        stoppedAt);
  }

  public TaskTimeline withStoppedAt(Instant at) {
    return new TaskTimeline(
        createdAt,
        pullStartedAt,
        pullStoppedAt,
        connectivity,
        connectivityAt,
        startedAt,
        stoppingAt,
        executionStoppedAt,
        at);
  }
}
