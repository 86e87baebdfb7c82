package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceProblem;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.state.Draft;
import dev.longshore.core.task.TaskStops;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServiceSimulationTest {
  private static final int SEEDS = 200;
  private static final int STEPS = 120;
  private static final List<String> INSTANCES = List.of("a1", "a2", "b1", "c1");

  @Test
  void whatever_happens_the_bounds_hold_and_the_service_comes_to_rest() {
    for (int seed = 0; seed < SEEDS; seed++) {
      try {
        new Voyage(seed).sail();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("Seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  /** One seed's course of events. */
  private static final class Voyage {
    private final Random random;
    private final ServiceSettings settings;
    private final Quay quay;
    private Set<String> healthyBefore = new LinkedHashSet<>();
    private Set<String> liveBefore = new LinkedHashSet<>();

    Voyage(int seed) {
      random = new Random(seed);
      settings = ServiceSettings.USUAL.withSettling(Duration.ofSeconds(random.nextInt(3) * 5L));
      quay = new Quay(settings);
      INSTANCES.forEach(id -> quay.instance(id, id.substring(0, 1)));
    }

    void sail() {
      quay.create(
          Quay.request("web", definition(), random.nextInt(10))
              .availabilityZoneRebalancing(random.nextBoolean() ? null : "DISABLED")
              .deploymentConfiguration(percents()));
      for (int step = 0; step < STEPS; step++) {
        remember();
        step();
        checkBounds();
        checkRest();
      }
      calm();
    }

    private String definition() {
      return random.nextBoolean() ? quay.definition("app") : quay.checkedDefinition("app");
    }

    private DeploymentConfiguration percents() {
      return Quay.percents(random.nextInt(101), 100 + random.nextInt(151));
    }

    private void step() {
      List<Task> live = quay.live();
      Task task = live.isEmpty() ? null : live.get(random.nextInt(live.size()));
      switch (random.nextInt(20)) {
        case 0 -> quay.update(request -> request.desiredCount(random.nextInt(10)));
        case 1 -> {
          String definition = definition();
          quay.update(request -> request.taskDefinition(definition));
        }
        case 2 -> quay.update(request -> request.forceNewDeployment(true));
        case 3 -> quay.update(request -> request.deploymentConfiguration(percents()));
        case 4 -> {
          String id = INSTANCES.get(random.nextInt(INSTANCES.size()));
          quay.instanceStatus(
              id, random.nextBoolean() ? ContainerInstance.DRAINING : ContainerInstance.ACTIVE);
        }
        case 5, 6 -> quay.harbour.advance(Duration.ofMillis(random.nextInt(20_000)));
        case 7 -> quay.act();
        case 8 -> healAll();
        default -> {
          if (task != null) {
            happens(task);
          }
        }
      }
    }

    private void happens(Task task) {
      if (task.stopping()) {
        quay.stop(task);
      } else if (random.nextInt(8) == 0) {
        quay.harbour.edit(
            draft -> TaskStops.stop(draft, task, "UserInitiated", "", quay.harbour.now()));
      } else if (random.nextInt(8) == 0) {
        quay.protect(task, Duration.ofSeconds(random.nextInt(60)));
      } else if (task.lastStatus() == TaskStatus.PENDING) {
        if (random.nextInt(3) == 0) {
          quay.fail(task);
        } else {
          quay.run(task);
        }
      } else if (task.isChecked() && random.nextInt(3) > 0) {
        quay.health(task, random.nextInt(3) == 0 ? Task.UNHEALTHY : Task.HEALTHY);
      } else {
        quay.exit(task);
      }
    }

    private void healAll() {
      quay.harbour.edit(draft -> {
        for (Task task : quay.live()) {
          if (task.isWanted() && task.lastStatus() == TaskStatus.RUNNING && task.isChecked()) {
            draft.put(Task.KIND, task.edit().healthStatus(Task.HEALTHY).build());
          }
        }
      });
    }

    private void remember() {
      healthyBefore = healthy(Duration.ofSeconds(1));
      liveBefore = new LinkedHashSet<>();
      quay.live().forEach(task -> liveBefore.add(task.id()));
    }

    /**
     * By the rule itself, not by what the reconciler counts.
     *
     * @param longer how much longer than asked for tasks have run: settling is counted in seconds
     */
    private Set<String> healthy(Duration longer) {
      Set<String> healthy = new LinkedHashSet<>();
      for (Task task : quay.live()) {
        if (task.stopping() || task.lastStatus() != TaskStatus.RUNNING) {
          continue;
        }
        boolean settled =
            !Objects.requireNonNull(task.timeline().startedAt())
                .plus(settings.settling())
                .plus(longer)
                .isAfter(quay.harbour.now());
        if (task.isChecked() ? task.healthStatus().equals(Task.HEALTHY) : settled) {
          healthy.add(task.id());
        }
      }
      return healthy;
    }

    /**
     * What was out of bounds by a user's doing or a failure may be so, but not by the service's.
     */
    private void checkBounds() {
      HealthyBounds bounds = bounds();
      boolean started = quay.live().stream().anyMatch(task -> !liveBefore.contains(task.id()));
      if (started) {
        assertThat(quay.live().size()).as("live").isLessThanOrEqualTo(bounds.most());
      }
      boolean stoppedHealthy =
          quay.stopping().stream()
              .anyMatch(task ->
                  healthyBefore.contains(task.id())
                      && task.healthStatus().equals(task.isChecked() ? Task.HEALTHY : "UNKNOWN")
                      && "ServiceSchedulerInitiated".equals(task.stopCode()));
      if (stoppedHealthy) {
        assertThat(healthy(Duration.ZERO).size())
            .as("healthy")
            .isGreaterThanOrEqualTo(bounds.least());
      }
    }

    private HealthyBounds bounds() {
      Service web = quay.web();
      DeploymentConfiguration configuration =
          Objects.requireNonNull(web.specification().deploymentConfiguration());
      return HealthyBounds.of(
          web.desiredCount(),
          Objects.requireNonNull(configuration.minimumHealthyPercent()),
          Objects.requireNonNull(configuration.maximumPercent()));
    }

    /** Looking twice is as good as once. */
    private void checkRest() {
      Draft draft = Draft.on(quay.harbour.state());
      new ServiceReconciler(settings).reconcile(draft, quay.web().arn(), quay.harbour.context());
      assertThat(draft.changes()).as("changes of a second look").isEmpty();
    }

    /** Nothing fails any more: the service reaches what it is to be, or says why it cannot. */
    private void calm() {
      INSTANCES.forEach(id -> quay.instanceStatus(id, ContainerInstance.ACTIVE));
      for (int round = 0; round < 60; round++) {
        quay.act();
        healAll();
        quay.harbour.advance(Duration.ofMinutes(1));
      }
      HealthyBounds bounds = bounds();
      boolean stuck = bounds.most() == bounds.desired() && bounds.least() == bounds.desired();
      if (stuck && quay.web().deployments().size() > 1) {
        assertThat(quay.web().problems())
            .extracting(ServiceProblem::kind)
            .containsExactly(ServiceProblem.Kind.CONFIGURATION);
        return;
      }
      var service = quay.describe();
      assertThat(service.deployments()).as("deployments").hasSize(1);
      assertThat(service.runningCount()).as("running").isEqualTo(service.desiredCount());
      assertThat(quay.live()).hasSize(quay.web().desiredCount());
      assertThat(quay.primary().isCompleted()).as("completed").isTrue();
      assertThat(quay.web().problems()).isEmpty();
      assertThat(quay.events())
          .filteredOn(event -> !event.contains("AZ balanced"))
          .endsWith("(service web) has reached a steady state.");
    }
  }
}
