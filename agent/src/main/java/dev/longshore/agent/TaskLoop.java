package dev.longshore.agent;

import dev.longshore.agent.task.Effect;
import dev.longshore.agent.task.Event;
import dev.longshore.agent.task.TaskEngine;
import dev.longshore.agent.task.TaskRow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that turns the task engine: takes what events there are, steps them, saves the
 * rows with one force of the journal, and only then lets the effects out.
 */
final class TaskLoop {
  private static final Logger LOG = LoggerFactory.getLogger(TaskLoop.class);

  /** Senders of more than this wait, which holds back the sessions and watchers they are. */
  private static final int MOST_WAITING = 4096;

  private static final int BATCH = 256;
  private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

  private final TaskEngine engine;
  private final Journal journal;
  private final InstantSource clock;
  private final Consumer<Effect> effects;
  private final Consumer<Collection<TaskRow>> published;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(MOST_WAITING);
  private final CompletableFuture<Void> emptied = new CompletableFuture<>();
  private volatile Map<String, TaskRow> snapshot;
  private volatile boolean stopping;
  private volatile boolean evacuating;
  private volatile boolean told = true;

  TaskLoop(
      TaskEngine engine,
      Journal journal,
      InstantSource clock,
      Consumer<Effect> effects,
      Consumer<Collection<TaskRow>> published) {
    this.engine = engine;
    this.journal = journal;
    this.clock = clock;
    this.effects = effects;
    this.published = published;
    snapshot = new LinkedHashMap<>(engine.tasks());
  }

  /** Hands over an event; waits while too many are waiting already. */
  void submit(Event event) throws InterruptedException {
    events.put(event);
  }

  /** The tasks as of the last step. */
  Collection<TaskRow> tasks() {
    return snapshot.values();
  }

  @Nullable TaskRow task(String arn) {
    return snapshot.get(arn);
  }

  /** Stops everything; completes when nothing that was made here is left. */
  CompletableFuture<Void> evacuate(Duration stopTimeout) throws InterruptedException {
    evacuating = true;
    submit(new Event.Evacuated(stopTimeout));
    return emptied;
  }

  /** Whether the control plane knows everything that has happened. */
  boolean isTold() {
    return told;
  }

  /** Ends {@link #run} after the step it is in; an interrupt might tear the journal. */
  void stop() {
    stopping = true;
    var _ = events.offer(new Event.Woke());
  }

  /** Runs until stopped. A journal that cannot be written ends it: nothing would be safe. */
  void run() {
    try {
      List<Event> batch = new ArrayList<>();
      while (!stopping) {
        Event first = events.poll(untilWake().toMillis() + 1, TimeUnit.MILLISECONDS);
        batch.add(first == null ? new Event.Woke() : first);
        events.drainTo(batch, BATCH);
        turn(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      LOG.debug("task loop ends");
    } catch (IOException e) {
      LOG.error("the journal cannot be written: the agent stops working", e);
      emptied.completeExceptionally(e);
    }
  }

  private Duration untilWake() {
    Instant now = clock.instant();
    Duration left = Duration.between(now, engine.wakeAt().orElse(now.plus(LONGEST_SLEEP)));
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : left;
  }

  private void turn(List<Event> batch) throws IOException {
    List<Effect> asked = new ArrayList<>();
    Set<String> touched = new LinkedHashSet<>();
    for (Event event : batch) {
      TaskEngine.Step step = engine.step(event, clock.instant());
      asked.addAll(step.effects());
      touched.addAll(step.touched());
    }
    journal.save(engine.tasks(), touched, engine.instance());
    if (!touched.isEmpty()) {
      snapshot = new LinkedHashMap<>(engine.tasks());
      published.accept(snapshot.values());
      told = snapshot.values().stream().allMatch(row -> row.outbox().isEmpty());
    }
    asked.forEach(effects);
    if (evacuating
        && engine.isEmptied()
        && batch.stream().noneMatch(Event.Woke.class::isInstance)) {
      emptied.complete(null);
    }
  }
}
