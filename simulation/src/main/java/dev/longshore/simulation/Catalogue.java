package dev.longshore.simulation;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The task definitions that the user works with, by family. */
final class Catalogue {
  /** Families whose tasks go on until they are stopped, so that a service of them can settle. */
  static final List<String> LASTING = List.of("web", "dynamic", "pair", "deaf");

  /** Families to be run once; nobody made the role of one, so that its tasks end as they begin. */
  static final List<String> ONCE =
      List.of(
          "web", "dynamic", "pair", "job", "broken", "big", "whole", "restart", "fixed0", "gpu",
          "role");

  /** Families of services with a task on each instance: small, for there must be room for them. */
  static final List<String> PROBES = List.of("probe", "watch");

  private static final int FIRST_FIXED_PORT = 8000;

  /** Families with a port of the host's own, one for each service that wants one. */
  static final int FIXED = 6;

  private Catalogue() {}

  /** What to register, by family. */
  static Map<String, Json.Fields> definitions() {
    Map<String, Json.Fields> all = new LinkedHashMap<>();
    add(all, "web", app(FakeEngine.STEADY, 64, 128));
    add(
        all,
        "dynamic",
        app(FakeEngine.STEADY, 64, 128)
            .put("portMappings", new Json.Items(List.of(Requests.mapping(80, 0, "tcp")))));
    add(
        all,
        "pair",
        app(FakeEngine.STEADY, 64, 64),
        Requests.container("init", FakeEngine.JOB, false, 32, 32),
        Requests.container("log", FakeEngine.STEADY, false, 32, 32)
            .put("dependsOn", new Json.Items(List.of(after("init")))));
    add(all, "probe", app(FakeEngine.STEADY, 8, 16));
    add(all, "watch", app(FakeEngine.STEADY, 16, 16));
    add(all, "deaf", app(FakeEngine.DEAF, 64, 128));
    add(all, "job", app(FakeEngine.JOB, 128, 256));
    add(all, "broken", app(FakeEngine.BROKEN, 32, 64));
    add(all, "big", app(FakeEngine.STEADY, 1024, 1024));
    add(
        all,
        "restart",
        app(FakeEngine.JOB, 32, 64)
            .put(
                "restartPolicy",
                new Members().put("enabled", true).put("restartAttemptPeriod", 60).json()));
    add(
        all,
        "gpu",
        app(FakeEngine.STEADY, 32, 64)
            .put(
                "resourceRequirements",
                new Json.Items(
                    List.of(new Members().put("type", "GPU").put("value", "1").json()))));
    all.put(
        "whole",
        Requests.definition("whole", app(FakeEngine.STEADY, 0, 64).json())
            .with("cpu", Json.of("512"))
            .with("memory", Json.of("512")));
    all.put(
        "role",
        Requests.definition("role", app(FakeEngine.STEADY, 64, 128).json())
            .with("taskRoleArn", Json.of("arn:aws:iam::123456789012:role/worker")));
    for (int at = 0; at < FIXED; at++) {
      int port = FIRST_FIXED_PORT + at;
      Json mappings =
          new Json.Items(
              List.of(Requests.mapping(80, port, "tcp"), Requests.mapping(53, port, "udp")));
      add(all, "fixed" + at, app(FakeEngine.STEADY, 64, 64).put("portMappings", mappings));
    }
    return all;
  }

  private static Members app(String image, int cpu, int memory) {
    return Requests.container("app", image, true, cpu, memory);
  }

  private static Json after(String container) {
    return new Members().put("containerName", container).put("condition", "START").json();
  }

  private static void add(Map<String, Json.Fields> all, String family, Members... containers) {
    Json[] written = new Json[containers.length];
    for (int at = 0; at < containers.length; at++) {
      written[at] = containers[at].json();
    }
    all.put(family, Requests.definition(family, written));
  }
}
