package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.task.StartTask;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.CreateServiceRequest;
import dev.longshore.shapes.ecs.DeploymentCircuitBreaker;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.PlacementConstraint;
import dev.longshore.shapes.ecs.StartTaskRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DaemonTest {
  private final Quay quay = new Quay().instance("a1", "a").instance("a2", "a").instance("b1", "b");
  private final String app = quay.definition("app");

  private static CreateServiceRequest.Builder request(String definition) {
    return CreateServiceRequest.builder()
        .serviceName("web")
        .taskDefinition(definition)
        .schedulingStrategy("DAEMON");
  }

  private static DeploymentConfiguration minimum(int percent) {
    return DeploymentConfiguration.builder().minimumHealthyPercent(percent).build();
  }

  /** The ids of the instances of tasks that are not STOPPED, sorted; none may be there twice. */
  private List<String> held() {
    List<String> held =
        quay.live().stream()
            .filter(task -> quay.web().arn().equals(task.serviceArn()))
            .map(DaemonTest::id)
            .sorted()
            .toList();
    assertThat(held).doesNotHaveDuplicates();
    return held;
  }

  private static String id(Task task) {
    String arn = Objects.requireNonNull(task.containerInstanceArn());
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private Task on(String id) {
    return quay.live().stream()
        .filter(task -> quay.web().arn().equals(task.serviceArn()) && id(task).equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void attribute(String id, String value) {
    quay.instance(
        id,
        instance ->
            instance.attributes(
                List.of(new Attribute("stack", value, null, null)), List.of("stack")));
  }

  @Test
  void every_instance_has_one_task_and_their_number_is_the_desired_count() {
    quay.create(request(app));
    assertThat(held()).containsExactly("a1", "a2", "b1");
    quay.settle();
    assertThat(quay.describe().desiredCount()).isEqualTo(3);
    assertThat(quay.describe().runningCount()).isEqualTo(3);
    assertThat(quay.describe().schedulingStrategy()).isEqualTo("DAEMON");
    assertThat(quay.primary().isCompleted()).isTrue();
    assertThat(quay.events()).endsWith("(service web) has reached a steady state.");
  }

  @Test
  void an_instance_that_joins_gets_a_task_at_once() {
    quay.create(request(app));
    quay.settle();
    quay.instance("b2", "b");
    assertThat(held()).containsExactly("a1", "a2", "b1", "b2");
    assertThat(quay.describe().desiredCount()).isEqualTo(4);
  }

  @Test
  void an_instance_without_its_agent_gets_none_until_it_is_back_and_keeps_what_it_has() {
    quay.instance("b1", instance -> instance.disconnected());
    quay.create(request(app));
    quay.settle();
    assertThat(held()).containsExactly("a1", "a2");
    assertThat(quay.describe().desiredCount()).isEqualTo(2);
    quay.instance("b1", instance -> instance.connected(quay.harbour.now()));
    quay.settle();
    assertThat(held()).containsExactly("a1", "a2", "b1");
    quay.instance("a1", instance -> instance.disconnected());
    quay.settle();
    assertThat(held()).containsExactly("a1", "a2", "b1");
    assertThat(quay.describe().desiredCount()).isEqualTo(2);
    assertThat(quay.web().problems()).isEmpty();
  }

  @Test
  void on_a_draining_instance_the_daemons_task_is_the_last_to_go() {
    quay.create(request(app));
    quay.settle();
    quay.create(
        CreateServiceRequest.builder().serviceName("api").taskDefinition(app).desiredCount(3));
    quay.settle();
    quay.instanceStatus("a1", ContainerInstance.DRAINING);
    quay.runAll();
    Task daemon = on("a1");
    assertThat(quay.now(daemon).stopping()).isFalse();
    Task replica =
        quay.stopping().stream().filter(task -> id(task).equals("a1")).findFirst().orElseThrow();
    assertThat(quay.now(daemon).stopping()).isFalse();
    quay.stop(replica);
    assertThat(quay.now(daemon).stopping()).isTrue();
    quay.settle();
    assertThat(held()).containsExactly("a2", "b1");
    assertThat(quay.describe().desiredCount()).isEqualTo(2);
    quay.instanceStatus("a1", ContainerInstance.ACTIVE);
    assertThat(held()).containsExactly("a1", "a2", "b1");
  }

  @Test
  void a_daemons_task_waits_for_one_that_no_service_has() {
    quay.create(request(app));
    quay.settle();
    StartTaskRequest request =
        StartTaskRequest.builder().taskDefinition(app).containerInstances(List.of("a1")).build();
    quay.harbour.call(new StartTask(), request);
    Task standalone =
        quay.live().stream().filter(task -> task.serviceArn() == null).findFirst().orElseThrow();
    quay.runAll();
    quay.instanceStatus("a1", ContainerInstance.DRAINING);
    quay.settle();
    assertThat(held()).contains("a1");
    quay.exit(standalone);
    assertThat(quay.now(on("a1")).stopping()).isTrue();
  }

  @Test
  void an_instance_that_no_longer_meets_the_constraints_loses_its_task_and_another_gets_one() {
    attribute("a1", "prod");
    quay.create(
        request(app)
            .placementConstraints(
                List.of(new PlacementConstraint("memberOf", "attribute:stack == prod"))));
    quay.settle();
    assertThat(held()).containsExactly("a1");
    String task = on("a1").id();
    attribute("a1", "test");
    attribute("b1", "prod");
    assertThat(quay.events())
        .contains(
            "(service web) (task "
                + task
                + ") no longer meets the placement constraints of the service on"
                + " (container-instance a1).");
    quay.settle();
    assertThat(held()).containsExactly("b1");
    assertThat(quay.describe().desiredCount()).isEqualTo(1);
  }

  @Test
  void other_constraints_of_the_service_are_followed_without_a_deployment() {
    attribute("a1", "prod");
    quay.create(request(app));
    quay.settle();
    String deployment = quay.primary().id();
    quay.update(update ->
        update.placementConstraints(
            List.of(new PlacementConstraint("memberOf", "attribute:stack == prod"))));
    quay.settle();
    assertThat(held()).containsExactly("a1");
    quay.update(update -> update.placementConstraints(List.of()));
    quay.settle();
    assertThat(held()).containsExactly("a1", "a2", "b1");
    assertThat(quay.primary().id()).isEqualTo(deployment);
  }

  @Test
  void an_expression_about_tasks_keeps_a_task_out_but_does_not_drive_it_away() {
    quay.create(
        CreateServiceRequest.builder().serviceName("api").taskDefinition(app).desiredCount(1));
    quay.create(
        request(app)
            .placementConstraints(
                List.of(new PlacementConstraint("memberOf", "runningTasksCount == 0"))));
    quay.settle();
    assertThat(held()).hasSize(2);
    assertThat(quay.describe().desiredCount()).isEqualTo(2);
    assertThat(quay.web().problems()).isEmpty();
  }

  @Test
  void an_update_stops_all_tasks_first_unless_a_minimum_is_asked_for() {
    quay.create(request(app));
    quay.settle();
    String next = quay.definition("app");
    quay.update(update -> update.taskDefinition(next));
    assertThat(quay.stopping()).hasSize(3);
    assertThat(quay.wanted(next)).isEmpty();
    quay.stop(on("a1"));
    assertThat(quay.wanted(next)).extracting(DaemonTest::id).containsExactly("a1");
    quay.settle();
    assertThat(quay.wanted(next)).hasSize(3);
    assertThat(held()).hasSize(3);
    assertThat(quay.primary().isCompleted()).isTrue();
  }

  @Test
  void of_four_with_fifty_percent_two_are_down_at_once() {
    course(50, 2, 2);
  }

  @Test
  void of_four_with_a_quarter_three_are_down_at_once() {
    course(25, 3, 1);
  }

  @Test
  void of_four_with_thirty_percent_two_are_down_at_once_for_the_minimum_is_rounded_up() {
    course(30, 2, 2);
  }

  private void course(int percent, int first, int second) {
    quay.instance("b2", "b");
    quay.create(request(app).deploymentConfiguration(minimum(percent)));
    quay.settle();
    String next = quay.definition("app");
    quay.update(update -> update.taskDefinition(next));
    assertThat(quay.stopping()).hasSize(first);
    quay.stopAll();
    assertThat(quay.wanted(next)).hasSize(first);
    assertThat(quay.stopping()).isEmpty();
    quay.runAll();
    assertThat(quay.stopping()).hasSize(second);
    quay.settle();
    assertThat(quay.wanted(next)).hasSize(4);
    assertThat(held()).hasSize(4);
  }

  @Test
  void with_a_minimum_of_a_hundred_percent_an_update_stands_still_and_says_so() {
    quay.create(request(app).deploymentConfiguration(minimum(100)));
    quay.settle();
    String next = quay.definition("app");
    quay.update(update -> update.taskDefinition(next));
    quay.settle();
    assertThat(quay.wanted(app)).hasSize(3);
    assertThat(quay.events().getLast())
        .contains("unable to stop or start tasks during a deployment");
  }

  @Test
  void healthy_tasks_of_instances_that_leave_do_not_count_to_the_minimum() {
    quay.create(request(app).deploymentConfiguration(minimum(60)));
    quay.settle();
    quay.instance("a1", instance -> instance.disconnected());
    String next = quay.definition("app");
    quay.update(update -> update.taskDefinition(next));
    // Of two instances ceil(1.2) = 2 must be healthy, whatever runs elsewhere.
    assertThat(quay.stopping()).isEmpty();
  }

  @Test
  void an_unhealthy_task_is_replaced_where_it_is() {
    String checked = quay.checkedDefinition("checked");
    quay.create(request(checked));
    quay.runAll();
    quay.live().forEach(task -> quay.health(task, Task.HEALTHY));
    Task sick = on("a2");
    quay.health(sick, Task.UNHEALTHY);
    assertThat(quay.now(sick).stoppedReason()).isEqualTo("Task failed container health checks");
    quay.stopAll();
    assertThat(held()).containsExactly("a1", "a2", "b1");
    assertThat(on("a2").id()).isNotEqualTo(sick.id());
  }

  @Test
  void a_protected_task_stays_until_its_protection_ends() {
    quay.create(request(app));
    quay.settle();
    quay.protect(on("a1"), Duration.ofMinutes(5));
    String next = quay.definition("app");
    quay.update(update -> update.taskDefinition(next));
    quay.settle();
    assertThat(quay.wanted(app)).extracting(DaemonTest::id).containsExactly("a1");
    quay.harbour.advance(Duration.ofMinutes(5));
    quay.settle();
    assertThat(quay.wanted(next)).hasSize(3);
  }

  @Test
  void a_broken_revision_opens_the_breaker_and_the_last_one_comes_back() {
    DeploymentCircuitBreaker breaker =
        DeploymentCircuitBreaker.builder().enable(true).rollback(true).build();
    quay.create(
        request(app)
            .deploymentConfiguration(
                DeploymentConfiguration.builder()
                    .deploymentCircuitBreaker(breaker)
                    .minimumHealthyPercent(50)
                    .build()));
    quay.settle();
    String broken = quay.definition("app");
    quay.update(update -> update.taskDefinition(broken));
    for (int round = 0; round < 4; round++) {
      quay.stopAll();
      quay.failAll();
      quay.harbour.advance(Duration.ofMinutes(1));
    }
    assertThat(quay.events())
        .anyMatch(event -> event.contains("deployment failed: tasks failed to start."));
    quay.settle();
    assertThat(quay.wanted(app)).hasSize(3);
    assertThat(quay.primary().taskDefinitionArn()).isEqualTo(app);
    assertThat(quay.primary().isCompleted()).isTrue();
  }

  @Test
  void where_there_is_too_little_room_nothing_is_evicted_and_the_task_comes_when_there_is() {
    quay.create(
        CreateServiceRequest.builder()
            .serviceName("api")
            .taskDefinition(quay.definition("big", container -> container.cpu(9_950)))
            .desiredCount(3));
    quay.settle();
    quay.create(request(app));
    quay.settle();
    assertThat(held()).isEmpty();
    assertThat(quay.describe().desiredCount()).isEqualTo(3);
    assertThat(quay.events())
        .containsExactly(
            "(service web) was unable to place a task because no container instance met all of its"
                + " requirements. The closest matching (container-instance a1) has insufficient CPU"
                + " units available. For more information, see the Troubleshooting section of the"
                + " Amazon ECS Developer Guide.");
    Task big = quay.live().stream().filter(task -> id(task).equals("a2")).findFirst().orElseThrow();
    quay.exit(big);
    // The big task cannot come back: what it left is the daemon's first.
    assertThat(held()).containsExactly("a2");
  }

  @Test
  void what_a_daemon_needs_is_kept_for_it_while_it_has_no_task() {
    Quay small = new Quay().instance("a1", "a", 150, 1_000);
    String daemon = small.definition("app");
    small.create(request(daemon));
    small.failAll();
    assertThat(small.live()).isEmpty();
    small.create(
        CreateServiceRequest.builder().serviceName("api").taskDefinition(daemon).desiredCount(1));
    assertThat(small.live()).isEmpty();
    small.harbour.advance(Duration.ofSeconds(2));
    assertThat(small.live()).extracting(Task::group).containsExactly("service:web");
    small.delete(false);
    small.stopAll();
    small.harbour.advance(Duration.ofSeconds(15));
    assertThat(small.live()).extracting(Task::group).containsExactly("service:api");
  }

  @Test
  void an_instance_that_joins_belongs_to_the_daemons_first() {
    Quay small = new Quay();
    String daemon = small.definition("app");
    small.create(
        CreateServiceRequest.builder().serviceName("api").taskDefinition(daemon).desiredCount(2));
    small.create(request(daemon));
    small.instance("a1", "a", 150, 1_000);
    assertThat(small.live()).extracting(Task::group).containsExactly("service:web");
  }

  @Test
  void old_tasks_that_start_on_instances_that_left_do_not_count_among_those_to_replace() {
    quay.create(request(app));
    quay.settle();
    quay.exit(on("a1"));
    quay.exit(on("a2"));
    quay.instance("a1", instance -> instance.disconnected());
    quay.instance("a2", instance -> instance.disconnected());
    String next = quay.definition("app");
    quay.update(update -> update.taskDefinition(next));
    quay.stop(on("b1"));
    quay.settle();
    assertThat(quay.wanted(next)).extracting(DaemonTest::id).containsExactly("b1");
  }

  @Test
  void it_is_deleted_without_force_while_its_tasks_run() {
    quay.create(request(app));
    quay.settle();
    assertThat(quay.delete(false).status()).isEqualTo("DRAINING");
    quay.settle();
    assertThat(quay.live()).isEmpty();
    assertThat(quay.web().status()).isEqualTo("INACTIVE");
    quay.instance("b2", "b");
    assertThat(quay.live()).isEmpty();
  }

  @Test
  void a_daemon_of_the_same_name_waits_for_the_tasks_of_the_one_before() {
    quay.create(request(app));
    quay.runAll();
    quay.delete(true);
    assertThat(quay.web().status()).isEqualTo("DRAINING");
    quay.harbour.edit(draft ->
        quay.live()
            .forEach(
                task -> draft.put(Task.KIND, task.edit().lastStatus(TaskStatus.STOPPING).build())));
    assertThat(quay.web().status()).isEqualTo("INACTIVE");
    quay.create(request(app));
    assertThat(quay.live()).hasSize(3).allMatch(Task::stopping);
    quay.stopAll();
    assertThat(held()).containsExactly("a1", "a2", "b1");
  }

  @Test
  void the_same_request_again_is_the_same_service() {
    quay.create(request(app));
    quay.settle();
    assertThat(quay.create(request(app)).desiredCount()).isEqualTo(3);
    assertThat(quay.live()).hasSize(3);
  }

  @Test
  void instances_come_and_go_and_each_has_its_task_in_the_end() {
    quay.create(request(app).deploymentConfiguration(minimum(50)));
    Random random = new Random(7);
    Set<String> ids = new TreeSet<>(List.of("a1", "a2", "b1"));
    for (int step = 0; step < 2_000; step++) {
      String id = "i" + random.nextInt(12);
      switch (random.nextInt(9)) {
        case 0 -> {
          quay.instance(id, "a");
          ids.add(id);
        }
        case 1 -> quay.instanceStatus(some(ids, random), ContainerInstance.DRAINING);
        case 2 -> quay.instanceStatus(some(ids, random), ContainerInstance.ACTIVE);
        case 3 -> quay.instance(some(ids, random), instance -> instance.disconnected());
        case 4 ->
            quay.instance(some(ids, random), instance -> instance.connected(quay.harbour.now()));
        case 5 -> quay.update(update -> update.forceNewDeployment(step(random)));
        case 6 -> quay.harbour.advance(Duration.ofSeconds(random.nextInt(30)));
        case 7 -> quay.stopAll();
        default -> {
          if (random.nextInt(4) == 0) {
            quay.failAll();
          } else {
            quay.runAll();
          }
        }
      }
      held();
    }
    ids.forEach(id -> {
      quay.instanceStatus(id, ContainerInstance.ACTIVE);
      quay.instance(id, instance -> instance.connected(quay.harbour.now()));
    });
    for (int round = 0; round < 40; round++) {
      quay.act();
      quay.harbour.advance(Duration.ofMinutes(1));
    }
    assertThat(held()).containsExactlyElementsOf(ids);
    assertThat(quay.describe().deployments()).hasSize(1);
    assertThat(quay.describe().desiredCount()).isEqualTo(ids.size());
    assertThat(quay.events()).endsWith("(service web) has reached a steady state.");
  }

  private static boolean step(Random random) {
    return random.nextInt(4) == 0;
  }

  private static String some(Set<String> ids, Random random) {
    return List.copyOf(ids).get(random.nextInt(ids.size()));
  }
}
