package dev.longshore.simulation;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.state.State;
import dev.longshore.simulation.check.Checkers;
import dev.longshore.simulation.check.NothingAcknowledgedIsLost.Fact;
import dev.longshore.simulation.check.NothingAcknowledgedIsLost.Holds;
import dev.longshore.wire.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Somebody who calls the API without end or reason, and remembers what was promised. */
final class User {
  private static final String NAME = "user";
  private static final long PATIENCE_MILLIS = 15_000;
  private static final int MOST_SERVICES = 3;
  private static final List<String> TIERS = List.of("gold", "tin");

  private final Harbour harbour;
  private final Network network;
  private final Chance chance;
  private final Checkers checkers;
  private final Supplier<State> committed;
  private final int pause;
  private final List<String> tasks = new ArrayList<>();
  private final Map<String, Wish> services = new LinkedHashMap<>();
  private int named;

  User(
      Harbour harbour,
      Network network,
      Chance chance,
      Checkers checkers,
      Supplier<State> committed) {
    this.harbour = harbour;
    this.network = network;
    this.chance = chance;
    this.checkers = checkers;
    this.committed = committed;
    pause = chance.between(1_000, 8_000);
  }

  /** Registers all definitions, until each is acknowledged; then goes on at random. */
  void begin() {
    for (Map.Entry<String, Json.Fields> each : Catalogue.definitions().entrySet()) {
      define(each.getKey(), each.getValue());
    }
    next();
  }

  private void define(String family, Json.Fields definition) {
    network.call(
        NAME,
        "RegisterTaskDefinition",
        definition,
        PATIENCE_MILLIS,
        answer -> {
          if (answer instanceof Answer.Done done) {
            String arn = done.body().at("taskDefinition", "taskDefinitionArn").text();
            told(
                arn + " is registered",
                TaskDefinition.keyOfArn(arn),
                state -> state.find(TaskDefinition.KIND, TaskDefinition.keyOfArn(arn)) != null);
          } else if (answer instanceof Answer.Refused refused && !refused.isTransient()) {
            throw new IllegalStateException(family + " was refused: " + refused);
          } else {
            harbour.agenda().after(500, () -> define(family, definition));
          }
        });
  }

  private void told(String what, String key, Holds holds) {
    harbour.chronicle().tell(() -> "the user is told that " + what);
    checkers.acknowledged(new Fact(what, key, holds), committed.get());
  }

  private void next() {
    harbour
        .agenda()
        .after(
            chance.below(2 * pause) + 1L,
            () -> {
              if (!harbour.weather().isCalm()) {
                act();
                next();
              }
            });
  }

  private void act() {
    switch (chance.below(20)) {
      case 0, 1, 2, 3, 4, 5 -> runTask();
      case 6, 7, 8 -> stopTask();
      case 9, 10, 11 -> createService();
      case 12, 13, 14 -> updateService();
      case 15 -> {
        if (chance.in(0.5)) {
          deleteService();
        } else {
          stopDeployment();
        }
      }
      case 16 -> instanceState("DRAINING");
      case 17 -> instanceState("ACTIVE");
      case 18 -> define("web", Catalogue.definitions().getOrDefault("web", Json.fields()));
      default -> {
        if (chance.in(0.3)) {
          deregister();
        } else {
          putAttribute();
        }
      }
    }
  }

  private void call(String operation, Json.Fields body, Consumer<Json> done) {
    harbour.chronicle().tell(() -> "the user calls " + operation + ' ' + body.write());
    network.call(
        NAME,
        operation,
        body,
        PATIENCE_MILLIS,
        answer -> {
          if (answer instanceof Answer.Done did) {
            done.accept(did.body());
          } else {
            harbour.chronicle().tell(() -> operation + " came to nothing: " + answer);
          }
        });
  }

  private void runTask() {
    int count = chance.in(0.1) ? 10 : chance.between(1, 3);
    String starter = "run/" + named++;
    boolean token = chance.in(0.7);
    Json.Fields request =
        Requests.runTask(chance.pick(Catalogue.ONCE), count, starter, token ? starter : null);
    if (token) {
      checkers.tokens.asked(starter, count);
    }
    runTask(request, token ? chance.between(1, 4) : 1);
  }

  /** With a token a call is repeated though it was answered: the same tasks must come back. */
  private void runTask(Json.Fields request, int times) {
    call("RunTask", request, body -> body.at("tasks").elements().forEach(this::ran));
    if (times > 1) {
      harbour.agenda().after(chance.between(10, 30_000), () -> runTask(request, times - 1));
    }
  }

  private void ran(Json task) {
    String arn = task.at("taskArn").text();
    tasks.add(arn);
    told(arn + " was started", arn, state -> state.find(Task.KIND, arn) != null);
  }

  private void stopTask() {
    if (!tasks.isEmpty()) {
      stop(chance.pick(tasks));
    }
  }

  private void stop(String arn) {
    call(
        "StopTask",
        Requests.stopTask(arn),
        body ->
            told(
                arn + " is to stop",
                arn,
                state -> {
                  Task task = state.find(Task.KIND, arn);
                  return task != null && task.stopping();
                }));
  }

  private List<String> alive() {
    return services.entrySet().stream()
        .filter(each -> !each.getValue().deleted)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static int number(String service) {
    return Integer.parseInt(service.substring(1));
  }

  /** Some services have a port of the host's own, which must never be another's, too. */
  private static boolean isFixed(String service) {
    return number(service) % 3 == 0;
  }

  /** Some have a task on each instance. */
  private static boolean isDaemon(String service) {
    return number(service) % 4 == 1 && !isFixed(service);
  }

  private String family(String service) {
    if (isDaemon(service)) {
      return chance.pick(Catalogue.PROBES);
    }
    return isFixed(service)
        ? "fixed" + number(service) / 3 % Catalogue.FIXED
        : chance.pick(Catalogue.LASTING);
  }

  /** Few enough for the smallest cluster, even while one generation follows another. */
  private int desired(String service) {
    return isFixed(service) ? 1 : chance.between(0, 4);
  }

  private void createService() {
    if (alive().size() >= MOST_SERVICES) {
      return;
    }
    String name = "s" + named++;
    String family = family(name);
    if (isFixed(name) && alive().stream().anyMatch(other -> family(other).equals(family))) {
      return;
    }
    if (isDaemon(name)) {
      createDaemon(name, family);
      return;
    }
    int count = desired(name);
    Wish wish = new Wish();
    long now = harbour.agenda().elapsed();
    wish.asks(now, count);
    services.put(name, wish);
    call(
        "CreateService",
        Requests.createService(name, family, count, configuration()),
        body -> {
          wish.answered(now);
          kept(name, body.at("service", "serviceArn").text(), wish);
        });
  }

  private void kept(String name, String arn, Wish wish) {
    told(
        name + " is a service",
        arn,
        state -> {
          Service service = state.find(Service.KIND, arn);
          return service != null && wish.allows(service.desiredCount());
        });
  }

  private void updateService() {
    List<String> alive = alive();
    if (alive.isEmpty()) {
      return;
    }
    String name = chance.pick(alive);
    if (isDaemon(name)) {
      updateDaemon(name);
      return;
    }
    Wish wish = services.getOrDefault(name, new Wish());
    String family = chance.in(0.4) ? family(name) : null;
    int count = desired(name);
    long now = harbour.agenda().elapsed();
    wish.asks(now, count);
    call(
        "UpdateService",
        Requests.updateService(
            name, count, family, chance.in(0.2), chance.in(0.3) ? configuration() : null),
        body -> {
          wish.answered(now);
          kept(name, body.at("service", "serviceArn").text(), wish);
        });
  }

  private void createDaemon(String name, String family) {
    services.put(name, new Wish());
    call(
        "CreateService",
        Requests.createDaemon(name, family, tier(), daemonConfiguration()),
        body -> {
          String arn = body.at("service", "serviceArn").text();
          told(name + " is a service", arn, state -> state.find(Service.KIND, arn) != null);
        });
  }

  private void updateDaemon(String name) {
    String family = chance.in(0.4) ? family(name) : null;
    call(
        "UpdateService",
        Requests.updateDaemon(name, family, tier(), daemonConfiguration()),
        body -> {});
  }

  private @Nullable String tier() {
    return chance.in(0.3) ? chance.pick(TIERS) : null;
  }

  private Json.Fields daemonConfiguration() {
    return Requests.configuration(chance.between(0, 100), 100, chance.in(0.3));
  }

  private void putAttribute() {
    ContainerInstance instance = anyInstance();
    if (instance != null) {
      call(
          "PutAttributes",
          Requests.attribute(instance.arn(), "tier", chance.pick(TIERS)),
          body -> {});
    }
  }

  /** Any bounds, those included that leave a deployment no room. */
  private Json.Fields configuration() {
    return Requests.configuration(chance.between(0, 100), chance.between(100, 250), chance.in(0.3));
  }

  private void stopDeployment() {
    List<String> running = new ArrayList<>();
    for (ServiceDeployment row : committed.get().all(ServiceDeployment.KIND)) {
      if (!row.status().isFinal()) {
        running.add(row.arn());
      }
    }
    if (!running.isEmpty()) {
      call(
          "StopServiceDeployment",
          Requests.stopDeployment(chance.pick(running), chance.in(0.3) ? "ABORT" : "ROLLBACK"),
          body -> {});
    }
  }

  private void deleteService() {
    List<String> alive = alive();
    if (!alive.isEmpty()) {
      delete(chance.pick(alive));
    }
  }

  private void delete(String name) {
    Wish wish = services.get(name);
    if (wish != null) {
      wish.deleted = true;
    }
    call("DeleteService", Requests.deleteService(name), body -> {});
  }

  private @Nullable ContainerInstance anyInstance() {
    List<ContainerInstance> all = new ArrayList<>();
    committed.get().all(ContainerInstance.KIND).forEach(all::add);
    return all.isEmpty() ? null : chance.pick(all);
  }

  private void instanceState(String status) {
    ContainerInstance instance = anyInstance();
    if (instance != null) {
      call(
          "UpdateContainerInstancesState",
          Requests.instanceState(instance.arn(), status),
          body -> {});
    }
  }

  private void deregister() {
    ContainerInstance instance = anyInstance();
    if (instance != null) {
      deregister(instance.arn());
    }
  }

  private void deregister(String arn) {
    call(
        "DeregisterContainerInstance",
        Requests.deregister(arn),
        body ->
            told(
                arn + " is deregistered",
                arn,
                state -> {
                  ContainerInstance instance = state.find(ContainerInstance.KIND, arn);
                  return instance == null || instance.isInactive();
                }));
  }

  /**
   * With these bounds every deployment can come to its end; one that was given up needs another.
   */
  private void makeRoom(Service service) {
    call(
        "UpdateService",
        Requests.updateService(
            service.name(),
            null,
            null,
            service.primary().hasFailed(),
            service.isDaemon()
                ? Requests.configuration(0, 100, false)
                : Requests.configuration(50, 200, false)),
        body -> {});
  }

  /**
   * Brings the place into an order in which services can settle: no tasks but theirs, all instances
   * active, none that no machine stands for.
   *
   * @param manned the instances that machines stand for
   */
  void tidyUp(List<String> manned) {
    State state = committed.get();
    for (Task task : state.all(Task.KIND)) {
      if (task.serviceArn() == null && task.isWanted()) {
        stop(task.arn());
      }
    }
    for (ContainerInstance instance : state.all(ContainerInstance.KIND)) {
      if (!instance.isInactive() && !manned.contains(instance.arn())) {
        deregister(instance.arn());
      } else if (instance.status().equals(ContainerInstance.DRAINING)) {
        call(
            "UpdateContainerInstancesState",
            Requests.instanceState(instance.arn(), "ACTIVE"),
            body -> {});
      }
    }
    for (Service service : state.all(Service.KIND)) {
      Wish wish = services.get(service.name());
      if (service.isActive() && (wish == null || wish.deleted)) {
        delete(service.name());
      } else if (service.isActive() && !service.primary().isCompleted()) {
        makeRoom(service);
      }
    }
  }
}
