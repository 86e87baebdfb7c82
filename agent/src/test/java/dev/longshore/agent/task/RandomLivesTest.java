package dev.longshore.agent.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.wire.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of lives from a seed: tasks come and are stopped, steps fail, containers die, views
 * arrive late or twice, the agent crashes with work under way; and whatever happens, statuses move
 * forward, reports stay in order, and in the end nothing is left behind.
 */
class RandomLivesTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 100_001, 200_001, 300_001})
  void whatever_the_interleaving_nothing_regresses_doubles_or_stays(long first) {
    for (long seed = first; seed < first + 500; seed++) {
      try {
        new Life(seed).live();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  /** One container as the fake engine has it. */
  private static final class Contained {
    final String dockerId;
    final String name;
    @Nullable Instant startedAt;
    @Nullable Instant finishedAt;
    int exitCode;
    boolean removed;
    int runs;

    Contained(String dockerId, String name) {
      this.dockerId = dockerId;
      this.name = name;
    }

    boolean running() {
      return startedAt != null && finishedAt == null && !removed;
    }

    ContainerView view() {
      Bench.View view = new Bench.View(dockerId);
      if (startedAt != null) {
        view.startedAt(startedAt);
      }
      if (finishedAt != null) {
        view.finished(finishedAt, exitCode);
      }
      return view.build();
    }
  }

  private static final class Life {
    private static final String POLICY =
        "'restartPolicy':{'enabled':true,'ignoredExitCodes':[],'restartAttemptPeriod':5}";

    final Random random;
    final Bench bench;
    final List<Effect> pending = new ArrayList<>();
    final List<Event> late = new ArrayList<>();
    final Map<String, Contained> processes = new LinkedHashMap<>();
    final Map<String, Long> lastReport = new LinkedHashMap<>();
    final Map<String, String> lastStatus = new LinkedHashMap<>();
    final Map<String, TaskRow> before = new LinkedHashMap<>();
    int tasks;

    Life(long seed) {
      random = new Random(seed);
      bench = new Bench(Bench.SETTINGS, seed);
    }

    void live() {
      for (int i = 0; i < 150; i++) {
        bench.now = bench.now.plusMillis(random.nextInt(3000));
        switch (random.nextInt(12)) {
          case 0 -> newTask();
          case 1 -> stopSome();
          case 2 -> dieSome();
          case 3 -> crash();
          case 4 -> apply(new Event.Woke());
          case 5 -> lateView();
          default -> work();
        }
      }
      end();
    }

    private void newTask() {
      if (tasks == 6) {
        return;
      }
      tasks++;
      String id = "t" + tasks;
      String cpu = "'cpu':" + random.nextInt(1, 900);
      String[] conditions = {"START", "COMPLETE", "SUCCESS"};
      String condition = conditions[random.nextInt(conditions.length)];
      String task =
          Bench.task(
              id,
              Bench.container("app", cpu, random.nextBoolean() ? POLICY : "'memory':64"),
              Bench.sidecar("init", "'startTimeout':20"),
              Bench.sidecar(
                  "log", "'dependsOn':[{'containerName':'init','condition':'" + condition + "'}]"));
      List<ReceivedTask> received =
          List.of(PayloadReader.read(new Fields((Json.Fields) Json.parse(Bench.quoted(task)))));
      apply(new Event.PayloadReceived("m", "c", "i", 0, received));
    }

    private void stopSome() {
      if (tasks > 0) {
        stop("t" + (1 + random.nextInt(tasks)));
      }
    }

    private void stop(String id) {
      if (bench.engine.tasks().containsKey(Bench.arn(id))) {
        TaskSpec spec = bench.row(id).spec();
        apply(
            new Event.PayloadReceived(
                "m",
                "c",
                "i",
                0,
                List.of(new ReceivedTask.Accepted(spec, DesiredStatus.STOPPED, List.of()))));
      }
    }

    private void dieSome() {
      for (Contained process : processes.values()) {
        if (process.running() && random.nextInt(4) == 0) {
          finish(process, random.nextInt(3));
        }
      }
    }

    private void finish(Contained process, int code) {
      process.finishedAt = bench.now;
      process.exitCode = code;
      late.add(died(process, bench.now));
      late.add(observed(process));
    }

    private Event observed(Contained process) {
      String[] key = process.name.split(" ", 2);
      return new Event.Observed(key[0], key[1], process.view());
    }

    private Event died(Contained process, Instant at) {
      String[] key = process.name.split(" ", 2);
      ContainerView view = process.view();
      return new Event.Died(key[0], key[1], view.dockerId(), view.exitCode(), false, at);
    }

    private void lateView() {
      if (!late.isEmpty()) {
        // Some views come twice, and any of them may come out of turn.
        int at = random.nextInt(late.size());
        apply(random.nextInt(4) == 0 ? late.get(at) : late.remove(at));
      }
    }

    /** The agent dies: what it had asked for is done, half done or forgotten. */
    private void crash() {
      for (Effect effect : List.copyOf(pending)) {
        if (random.nextBoolean()) {
          carryOut(effect);
        }
      }
      pending.clear();
      late.clear();
      bench.restart();
      List<Event.Found> found = new ArrayList<>();
      for (TaskRow row : bench.engine.tasks().values()) {
        for (ContainerRow container : row.containers()) {
          Contained process = processes.get(row.arn() + " " + container.name());
          boolean there = process != null && !process.removed;
          found.add(
              new Event.Found(
                  row.arn(), container.name(), there && process != null ? process.view() : null));
        }
      }
      apply(new Event.Resumed(found));
    }

    private Event fetched(String arn) {
      return random.nextInt(25) == 0
          ? new Event.SecretsFailed(arn, "ResourceInitializationError: no")
          : new Event.SecretsFetched(arn);
    }

    private void work() {
      if (!pending.isEmpty()) {
        Effect effect = pending.remove(random.nextInt(pending.size()));
        Event event = carryOut(effect);
        if (event != null) {
          apply(event);
        }
      }
    }

    private @Nullable Event carryOut(Effect effect) {
      return switch (effect) {
        case Effect.SubmitState(TaskReport report) -> told(report);
        case Effect.OnContainer onContainer -> container(onContainer);
        case Effect.FetchSecrets fetch -> fetched(fetch.taskArn());
        default -> null;
      };
    }

    private Event told(TaskReport report) {
      Long last = lastReport.get(report.taskArn());
      // A report may be repeated after a crash, but never overtaken or changed back.
      assertThat(report.number()).isGreaterThanOrEqualTo(last == null ? 1 : last);
      lastReport.put(report.taskArn(), report.number());
      String status = lastStatus.getOrDefault(report.taskArn(), "PENDING");
      List<String> order = List.of("PENDING", "RUNNING", "STOPPED");
      assertThat(order.indexOf(report.status())).isGreaterThanOrEqualTo(order.indexOf(status));
      lastStatus.put(report.taskArn(), report.status());
      return new Event.ReportSettled(report.taskArn(), report.number());
    }

    private Event container(Effect.OnContainer effect) {
      String arn = effect.taskArn();
      String name = effect.container();
      String key = arn + " " + name;
      boolean fails = random.nextInt(25) == 0;
      Contained process = processes.get(key);
      return switch (effect) {
        case Effect.ResolveManifest manifest ->
            fails
                ? new Event.StepFailed(arn, name, Work.MANIFEST, "no")
                : new Event.ManifestResolved(arn, name, "sha256:1");
        case Effect.PullImage pull ->
            fails
                ? new Event.StepFailed(arn, name, Work.PULL, "no")
                : new Event.ImagePulled(arn, name, bench.now, bench.now);
        case Effect.CreateContainer create -> {
          if (process == null) {
            process = new Contained("docker " + key, key);
            processes.put(key, process);
          }
          yield new Event.ContainerCreated(arn, name, process.dockerId);
        }
        case Effect.StartContainer start -> start(arn, name, process);
        case Effect.StopContainer stop -> {
          if (fails) {
            yield new Event.StopFailed(arn, name);
          }
          if (process != null && process.running()) {
            finish(process, 143);
          }
          yield process == null || process.removed
              ? new Event.Vanished(arn, name)
              : observed(process);
        }
        case Effect.RemoveContainer remove -> {
          if (process != null) {
            assertThat(process.running()).as("removes only what has stopped").isFalse();
            process.removed = true;
          }
          yield new Event.ContainerRemoved(arn, name);
        }
      };
    }

    private Event start(String arn, String name, @Nullable Contained process) {
      assertThat(process).isNotNull();
      if (process == null || process.removed) {
        return new Event.StepFailed(arn, name, Work.START, "gone");
      }
      if (!process.running()) {
        process.startedAt = bench.now;
        process.finishedAt = null;
        process.runs++;
      }
      return new Event.ContainerStarted(arn, name, process.view());
    }

    private void apply(Event event) {
      pending.addAll(bench.step(event));
      for (TaskRow row : bench.engine.tasks().values()) {
        TaskRow old = before.put(row.arn(), row);
        if (old != null) {
          assertForward(old, row);
        }
      }
      assertCapacity();
    }

    private static void assertForward(TaskRow old, TaskRow row) {
      assertThat(row.known()).isGreaterThanOrEqualTo(old.known());
      assertThat(row.desired()).isGreaterThanOrEqualTo(old.desired());
      for (int i = 0; i < old.containers().size(); i++) {
        ContainerRow was = old.containers().get(i);
        ContainerRow is = row.containers().get(i);
        assertThat(is.known()).isGreaterThanOrEqualTo(was.known());
        assertThat(is.desired()).isGreaterThanOrEqualTo(was.desired());
        assertThat(is.dockerName()).isEqualTo(was.dockerName());
      }
    }

    private void assertCapacity() {
      int cpu =
          bench.engine.tasks().values().stream()
              .filter(TaskRow::admitted)
              .flatMap(row -> row.containers().stream())
              .mapToInt(container -> container.spec().cpu())
              .sum();
      assertThat(cpu).isLessThanOrEqualTo(Bench.SETTINGS.cpu());
    }

    /** Everything is stopped, told and cleaned up; nothing may be left. */
    private void end() {
      for (int i = 1; i <= tasks; i++) {
        stop("t" + i);
      }
      for (int i = 0; i < 200 && !bench.engine.tasks().isEmpty(); i++) {
        drain();
        bench.now = bench.now.plus(Duration.ofMinutes(2));
        apply(new Event.Woke());
        if (i == 100) {
          assertAllStopped();
          bench.now = bench.now.plus(Duration.ofHours(3));
        }
      }
      drain();
      assertThat(bench.engine.tasks()).isEmpty();
      assertThat(processes.values()).allMatch(process -> process.removed);
      assertThat(lastStatus.values()).containsOnly("STOPPED");
      for (Contained process : processes.values()) {
        if (!process.name.endsWith(" app")) {
          assertThat(process.runs).as("only restart policies run twice").isLessThanOrEqualTo(1);
        }
      }
    }

    private void drain() {
      for (int i = 0; i < 1000 && !(pending.isEmpty() && late.isEmpty()); i++) {
        lateView();
        work();
      }
    }

    private void assertAllStopped() {
      for (TaskRow row : bench.engine.tasks().values()) {
        assertThat(row.known()).isEqualTo(TaskStatus.STOPPED);
        assertThat(row.containers()).allMatch(c -> c.known() == ContainerStatus.STOPPED);
      }
      assertThat(processes.values()).noneMatch(Contained::running);
    }
  }
}
