package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.ContainerInstanceEditor;
import dev.longshore.core.model.HostPort;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.model.TaskTimeline;
import dev.longshore.core.operation.Ids;
import dev.longshore.core.placement.language.Expression;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.VersionInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A random life of a cluster, told to a fleet and to an oracle alike. */
final class World {
  private static final List<String> EXPRESSIONS =
      List.of(
          "attribute:type == small",
          "attribute:type != small",
          "attribute:type in [large, huge] or attribute:stack == prod",
          "not(attribute:stack exists)",
          "agentVersion >= 1.14.5",
          "ec2InstanceId =~ i-[0-4].*",
          "task:group == service:1",
          "not(task:group == service:2)",
          "runningTasksCount < 3",
          "attribute:type =~ .*l.* and runningTasksCount >= 1");
  private static final List<String> CHANGES =
      List.of(
          "drained", "disconnected", "attributes changed", "resources changed", "available again");
  private static final List<Preference> PREFERENCES =
      List.of(
          new Preference.SpreadOverAttribute("ecs.availability-zone"),
          new Preference.SpreadOverAttribute("rack"),
          new Preference.SpreadOverAttribute("type"),
          new Preference.SpreadOverInstances(),
          new Preference.BinpackMemory(),
          new Preference.BinpackCpu());

  final Oracle oracle = new Oracle();
  final Fleet fleet = new Fleet();
  private final Ids ids;
  private final int racks;
  private final List<Demand> demands = new ArrayList<>();
  private final List<Placement> placements = new ArrayList<>();
  private final List<String> arns = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private final Map<String, Long> happened = new TreeMap<>();
  private int made;

  World(long seed, int instances, int racks) {
    ids = Ids.seeded(seed);
    this.racks = racks;
    for (int at = 0; at < instances; at++) {
      register();
    }
    for (int at = 0; at < 24; at++) {
      demands.add(demand());
      placements.add(new Placement(fleet, demands.get(at), group(at), ids.bits()));
    }
  }

  private static String group(int demand) {
    return "service:" + demand % 7;
  }

  /** Decides once; false where the fleet and the oracle differ. */
  boolean decide() {
    int at = ids.below(demands.size());
    Demand demand = demands.get(at);
    Placement placement =
        ids.below(4) == 0
            ? new Placement(fleet, demand, group(at), ids.bits())
            : placements.get(at);
    ContainerInstance chosen = placement.next();
    List<Integer> best = oracle.best(demand, group(at));
    happened(chosen == null ? "no room" : "placed");
    if (chosen == null || best == null) {
      return chosen == null && best == null;
    }
    if (!oracle.canTake(chosen, demand, group(at))
        || !oracle.rank(chosen, demand, group(at)).equals(best)) {
      return false;
    }
    start(task(demand, group(at), chosen));
    return true;
  }

  /** Asks why an instance cannot take a task; false where the fleet and the oracle differ. */
  boolean explain() {
    int at = ids.below(demands.size());
    ContainerInstance instance = oracle.instances.get(arns.get(ids.below(arns.size())));
    return instance == null
        || placements.get(at).obstacle(instance)
            == oracle.obstacle(instance, demands.get(at), group(at));
  }

  /** Asks why of all instances at once; false where the fleet and the oracle differ. */
  boolean explainAll() {
    int at = ids.below(demands.size());
    Demand demand = demands.get(at);
    Explanation explanation = placements.get(at).explain(Integer.MAX_VALUE);
    int able = 0;
    List<Integer> before = List.of();
    for (Verdict verdict : explanation.verdicts()) {
      ContainerInstance instance = verdict.instance();
      List<Integer> rank = oracle.rank(instance, demand, group(at));
      boolean isAble = oracle.canTake(instance, demand, group(at));
      if ((verdict.obstacle() == null) != isAble || !verdict.ranks().equals(rank)) {
        return false;
      }
      if (isAble && able++ > 0 && Oracle.isLower(rank, before)) {
        return false;
      }
      before = rank;
    }
    return explanation.able() == able && explanation.registered() == oracle.instances.size();
  }

  private void happened(String what) {
    happened.merge(what, 1L, Long::sum);
  }

  /** How often what happened, decisions included. */
  Map<String, Long> happenings() {
    return happened;
  }

  /** Something happens that is not a decision. */
  void happen() {
    switch (ids.below(8)) {
      case 0, 1, 2, 3 -> stop();
      case 4 -> stopping();
      case 5 -> {
        if (ids.below(20) == 0) {
          register();
        }
      }
      case 6 -> {
        if (ids.below(20) == 0) {
          deregister();
        }
      }
      default -> change();
    }
  }

  private void start(Task task) {
    fleet.task(null, task);
    oracle.put(task);
    tasks.add(task);
  }

  private @Nullable Task drawn() {
    return tasks.isEmpty() ? null : tasks.get(ids.below(tasks.size()));
  }

  private void stop() {
    Task task = drawn();
    if (task != null) {
      boolean removed = ids.below(2) == 0;
      happened("stopped");
      fleet.task(
          task, removed ? null : task.edit().stopping().lastStatus(TaskStatus.STOPPED).build());
      oracle.remove(task);
      tasks.remove(task);
    }
  }

  private void stopping() {
    Task task = drawn();
    if (task != null) {
      Task after = task.edit().stopping().build();
      happened("told to stop");
      fleet.task(task, after);
      oracle.put(after);
      tasks.set(tasks.indexOf(task), after);
    }
  }

  private void register() {
    int number = made++;
    String arn = "arn:instance/" + number;
    arns.add(arn);
    happened("registered");
    put(instance(arn, number));
  }

  private void put(ContainerInstance instance) {
    fleet.instance(oracle.instances.put(instance.arn(), instance), instance);
  }

  /** Its tasks are lost, before it is told of or after. */
  private void deregister() {
    if (arns.size() < 2) {
      return;
    }
    String arn = arns.remove(ids.below(arns.size()));
    ContainerInstance before = Objects.requireNonNull(oracle.instances.remove(arn));
    boolean first = ids.below(2) == 0;
    happened("deregistered");
    if (first) {
      fleet.instance(before, ids.below(2) == 0 ? null : before.edit().deregistered(NOW).build());
    }
    for (Task task : List.copyOf(tasks)) {
      if (arn.equals(task.containerInstanceArn())) {
        fleet.task(task, null);
        oracle.remove(task);
        tasks.remove(task);
      }
    }
    if (!first) {
      fleet.instance(before, null);
    }
  }

  private static final Instant NOW = Instant.EPOCH;

  private void change() {
    ContainerInstance instance =
        Objects.requireNonNull(oracle.instances.get(arns.get(ids.below(arns.size()))));
    String change = CHANGES.get(ids.below(CHANGES.size()));
    happened(change);
    ContainerInstanceEditor edit = instance.edit();
    switch (change) {
      case "drained" -> edit.status(ids.below(2) == 0 ? "DRAINING" : "ACTIVE");
      case "disconnected" -> edit.disconnected();
      case "attributes changed" -> edit.attributes(attributes(), List.of());
      case "resources changed" ->
          edit.resources(
              instance.cpu() + ids.below(300) - 150,
              instance.memory() + ids.below(600) - 300,
              instance.reservedPorts(),
              instance.gpus(),
              instance.networkInterfaces());
      default -> edit.status("ACTIVE").connected(NOW);
    }
    put(edit.build());
  }

  private List<Attribute> attributes() {
    List<Attribute> all = new ArrayList<>();
    if (ids.below(10) > 0) {
      all.add(attribute("ecs.availability-zone", "az-" + ids.below(3)));
    }
    all.add(attribute("rack", "r" + ids.below(racks)));
    all.add(attribute("type", List.of("small", "large", "huge").get(ids.below(3))));
    if (ids.below(2) == 0) {
      all.add(attribute("stack", List.of("prod", "test").get(ids.below(2))));
    }
    return all;
  }

  private static Attribute attribute(String name, @Nullable String value) {
    return new Attribute(name, value, null, null);
  }

  private Demand demand() {
    List<Preference> preferences = new ArrayList<>();
    for (int at = ids.below(6); at > 0; at--) {
      preferences.add(PREFERENCES.get(ids.below(PREFERENCES.size())));
    }
    List<HostPort> ports = new ArrayList<>();
    if (ids.below(5) == 0) {
      ports.add(new HostPort(ids.below(2) == 0 ? "tcp" : "udp", 80 + ids.below(3)));
    }
    List<Attribute> attributes = new ArrayList<>();
    if (ids.below(4) == 0) {
      attributes.add(attribute("stack", ids.below(2) == 0 ? "prod" : null));
    }
    List<Expression> memberOf = new ArrayList<>();
    for (int at = ids.below(3); at > 0; at--) {
      memberOf.add(Expression.compile(EXPRESSIONS.get(ids.below(EXPRESSIONS.size()))));
    }
    return new Demand(
        ids.below(10) == 0 ? "EXTERNAL" : "EC2",
        ids.below(4) * 100,
        ids.below(5) * 150,
        ports,
        ids.below(8) == 0 ? 1 + ids.below(2) : 0,
        ids.below(5) == 0 ? 1 : 0,
        attributes,
        memberOf,
        ids.below(5) == 0,
        preferences);
  }

  private ContainerInstance instance(String arn, int number) {
    List<String> gpus = new ArrayList<>();
    for (int at = ids.below(2) * ids.below(4); at > 0; at--) {
      gpus.add("gpu-" + at);
    }
    String agent = List.of("1.14.4", "1.14.5", "1.80.0").get(ids.below(3));
    return new ContainerInstance(
        arn,
        "" + number,
        "arn:cluster",
        "i-" + number,
        "ACTIVE",
        null,
        true,
        NOW,
        attributes(),
        List.of(),
        (1 + ids.below(8)) * 256,
        (1 + ids.below(8)) * 512,
        reserved(),
        gpus,
        ids.below(3),
        VersionInfo.builder().agentVersion(agent).build(),
        ids.below(10) == 0 ? "EXTERNAL" : "EC2",
        NOW,
        List.of(),
        List.of(),
        null,
        1);
  }

  /** Two ports; now and then so many that there is room for one or two more. */
  private List<HostPort> reserved() {
    List<HostPort> ports = new ArrayList<>();
    ports.add(new HostPort("tcp", 22));
    ports.add(new HostPort("udp", 81));
    for (int at = ids.below(8) == 0 ? 96 : 0; at > 0; at--) {
      ports.add(new HostPort("tcp", 1_000 + at));
    }
    return List.copyOf(ports);
  }

  private Task task(Demand demand, String group, ContainerInstance instance) {
    int number = made++;
    List<String> gpus = new ArrayList<>();
    for (int at = 0; at < demand.gpus(); at++) {
      gpus.add("gpu");
    }
    return new Task(
        "arn:task/" + number,
        "" + number,
        "arn:cluster",
        "arn:definition",
        instance.arn(),
        null,
        demand.launchType(),
        null,
        null,
        group,
        null,
        null,
        TaskStatus.PENDING,
        false,
        "UNKNOWN",
        demand.cpu(),
        demand.memory(),
        demand.ports(),
        demand.networkInterfaces(),
        List.of(container(gpus)),
        null,
        List.of(),
        List.of(),
        List.of(),
        false,
        null,
        null,
        TaskTimeline.createdAt(NOW),
        null,
        null,
        1);
  }

  private static TaskContainer container(List<String> gpus) {
    return new TaskContainer(
        "arn:container",
        "app",
        "app",
        true,
        "PENDING",
        null,
        null,
        null,
        null,
        "UNKNOWN",
        false,
        List.of(),
        0,
        null,
        null,
        gpus);
  }
}
