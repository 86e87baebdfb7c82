package dev.longshore.agent.task;

import dev.longshore.wire.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An engine on the workbench: messages in as JSON, effects out, a clock that is turned by hand. The
 * shortcuts answer the engine's requests as a container engine would.
 */
final class Bench {
  static final Settings SETTINGS =
      new Settings(
          "default",
          2048,
          4096,
          List.of(22, 51678),
          List.of(),
          "127.0.1.1",
          50_000,
          50_009,
          Duration.ofSeconds(30),
          Duration.ofHours(3),
          "http://169.254.170.2",
          new TreeMap<>(Map.of("dev.longshore.agent", "bench")));

  Instant now = Instant.parse("2026-11-21T10:00:00Z");
  final List<Effect> effects = new ArrayList<>();
  final List<TaskReport> reports = new ArrayList<>();
  TaskEngine engine;
  private final Settings settings;
  private final Entropy entropy;
  private int messages;

  Bench() {
    this(SETTINGS, 1);
  }

  Bench(Settings settings, long seed) {
    this.settings = settings;
    entropy = seeded(seed);
    engine = new TaskEngine(settings, entropy, InstanceRow.fresh(), List.of());
  }

  static Entropy seeded(long seed) {
    Random random = new Random(seed);
    return new Entropy() {
      @Override
      public String hex(int digits) {
        StringBuilder hex = new StringBuilder();
        random.ints(digits, 0, 16).forEach(i -> hex.append(Character.forDigit(i, 16)));
        return hex.toString();
      }

      @Override
      public long below(long bound) {
        return random.nextLong(bound);
      }
    };
  }

  static String arn(String id) {
    return "arn:aws:ecs:us-east-1:123456789012:task/default/" + id;
  }

  /** Steps the engine and keeps what it asked for. */
  List<Effect> step(Event event) {
    List<Effect> asked = engine.step(event, now).effects();
    effects.addAll(asked);
    for (Effect effect : asked) {
      if (effect instanceof Effect.SubmitState(TaskReport report)) {
        reports.add(report);
      }
    }
    return asked;
  }

  void pass(Duration time) {
    now = now.plus(time);
    step(new Event.Woke());
  }

  /** Sends tasks as a payload message would bring them. */
  List<Effect> payload(String... tasks) {
    List<ReceivedTask> received = new ArrayList<>();
    for (String task : tasks) {
      received.add(PayloadReader.read(new Fields((Json.Fields) Json.parse(quoted(task)))));
    }
    messages++;
    return step(new Event.PayloadReceived("m-" + messages, "default", "arn:instance", 0, received));
  }

  /** Tests write JSON with single quotes. */
  static String quoted(String json) {
    return json.replace('\'', '"');
  }

  static String task(String id, String... containers) {
    return "{'arn':'"
        + arn(id)
        + "','family':'web','version':'7','desiredStatus':'RUNNING','containers':["
        + String.join(",", containers)
        + "]}";
  }

  static String stop(String id) {
    return "{'arn':'" + arn(id) + "','desiredStatus':'STOPPED'}";
  }

  /** An essential container, with further members of its JSON object. */
  static String container(String name, String... more) {
    return member(name, true, more);
  }

  static String sidecar(String name, String... more) {
    return member(name, false, more);
  }

  private static String member(String name, boolean essential, String... more) {
    return "{'name':'"
        + name
        + "','image':'busybox:latest','essential':"
        + essential
        + (more.length == 0 ? "" : "," + String.join(",", more))
        + "}";
  }

  TaskRow row(String id) {
    TaskRow row = engine.tasks().get(arn(id));
    if (row == null) {
      throw new AssertionError("no task " + id);
    }
    return row;
  }

  ContainerRow container(String id, String name) {
    return row(id).container(name).orElseThrow();
  }

  <T extends Effect> List<T> asked(Class<T> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  void resolve(String id, String name) {
    step(new Event.ManifestResolved(arn(id), name, "sha256:" + name));
  }

  void pull(String id, String name) {
    step(new Event.ImagePulled(arn(id), name, now, now));
  }

  void create(String id, String name) {
    step(new Event.ContainerCreated(arn(id), name, dockerId(id, name)));
  }

  void start(String id, String name) {
    step(new Event.ContainerStarted(arn(id), name, running(id, name)));
  }

  /** Everything from the payload to the running process. */
  void run(String id, String name) {
    resolve(id, name);
    pull(id, name);
    create(id, name);
    start(id, name);
  }

  void exit(String id, String name, int code) {
    step(new Event.Observed(arn(id), name, exited(id, name, code)));
  }

  void settle(String id) {
    while (!row(id).outbox().isEmpty()) {
      step(new Event.ReportSettled(arn(id), row(id).outbox().getFirst().number()));
      if (!engine.tasks().containsKey(arn(id))) {
        return;
      }
    }
  }

  static String dockerId(String id, String name) {
    return "docker-" + id + "-" + name;
  }

  ContainerView running(String id, String name) {
    return new View(dockerId(id, name)).startedAt(now).build();
  }

  ContainerView exited(String id, String name, int code) {
    Instant started = container(id, name).startedAt();
    return new View(dockerId(id, name))
        .startedAt(started == null ? now : started)
        .finished(now, code)
        .build();
  }

  /** The engine as a restarted agent has it. */
  void restart() {
    engine = new TaskEngine(settings, entropy, engine.instance(), engine.tasks().values());
    effects.clear();
    reports.clear();
  }

  /** Builds a view one word at a time. */
  static final class View {
    private final String dockerId;
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;
    private int exitCode;
    private boolean oomKilled;
    private List<ContainerView.Port> ports = List.of();
    private ContainerView.@Nullable Health health;

    View(String dockerId) {
      this.dockerId = dockerId;
    }

    View startedAt(Instant time) {
      startedAt = time;
      return this;
    }

    View finished(Instant time, int code) {
      finishedAt = time;
      exitCode = code;
      return this;
    }

    View oomKilled() {
      oomKilled = true;
      return this;
    }

    View ports(ContainerView.Port... bound) {
      ports = List.of(bound);
      return this;
    }

    View health(HealthStatus status) {
      health = new ContainerView.Health(status, 0, "");
      return this;
    }

    ContainerView build() {
      return new ContainerView(
          dockerId,
          startedAt != null && finishedAt == null,
          exitCode,
          oomKilled,
          startedAt,
          startedAt,
          finishedAt,
          ports,
          health,
          "sha256:image",
          new LinkedHashMap<>(),
          List.of(),
          List.of(),
          null,
          new LinkedHashMap<>());
    }
  }
}
