package dev.longshore.core.service;

import static dev.longshore.core.service.TaskSetCalls.external;
import static dev.longshore.core.service.TaskSetCalls.id;
import static dev.longshore.core.service.TaskSetCalls.refused;
import static dev.longshore.core.service.TaskSetCalls.scale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.Task;
import dev.longshore.core.tag.ListTagsForResource;
import dev.longshore.core.tag.TagResource;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.ListTagsForResourceRequest;
import dev.longshore.shapes.ecs.Scale;
import dev.longshore.shapes.ecs.ServiceNotActiveException;
import dev.longshore.shapes.ecs.ServiceNotFoundException;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.TagResourceRequest;
import dev.longshore.shapes.ecs.TaskSet;
import dev.longshore.shapes.ecs.TaskSetNotFoundException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Task sets, whose tasks really run. */
class TaskSetsTest {
  private final Quay quay = new Quay().instance("i1", "a").instance("i2", "b");
  private final TaskSetCalls sets = new TaskSetCalls(quay);
  private final String first = quay.definition("web");
  private final String second = quay.definition("web");

  @Test
  void a_task_set_of_40_percent_of_3_has_2_tasks_that_it_started() {
    quay.create(external(3));
    TaskSet taskSet = sets.make(first, 40);
    assertThat(taskSet.computedDesiredCount()).isEqualTo(2);
    assertThat(taskSet.status()).isEqualTo("ACTIVE");
    assertThat(taskSet.stabilityStatus()).isEqualTo("STABILIZING");
    assertThat(id(taskSet)).matches("ecs-svc/\\d{19}");
    assertThat(taskSet.taskSetArn())
        .isEqualTo("arn:aws:ecs:us-east-1:123456789012:task-set/default/web/" + id(taskSet));
    assertThat(sets.tasks(taskSet))
        .hasSize(2)
        .allSatisfy(task -> {
          assertThat(task.group()).isEqualTo("service:web");
          assertThat(task.taskDefinitionArn()).isEqualTo(first);
        });
    assertThat(sets.described(taskSet).pendingCount()).isEqualTo(2);
    quay.settle();
    assertThat(sets.described(taskSet).runningCount()).isEqualTo(2);
    assertThat(sets.described(taskSet).stabilityStatus()).isEqualTo("STEADY_STATE");
    assertThat(quay.events())
        .containsSubsequence(
            List.of(
                quay.events().getFirst(),
                "(service web, taskSet " + id(taskSet) + ") has reached a steady state."));
    assertThat(quay.events().getFirst())
        .startsWith("(service web, taskSet " + id(taskSet) + ") has started 2 tasks: (task ");
  }

  @Test
  void percents_are_rounded_up() {
    quay.create(external(7));
    TaskSet taskSet = sets.make(first, 0);
    assertThat(taskSet.computedDesiredCount()).isZero();
    assertThat(sets.scaled(taskSet, 1).computedDesiredCount()).isEqualTo(1);
    assertThat(sets.scaled(taskSet, 14.3).computedDesiredCount()).isEqualTo(2);
    assertThat(sets.scaled(taskSet, 50).computedDesiredCount()).isEqualTo(4);
    assertThat(sets.scaled(taskSet, 100).computedDesiredCount()).isEqualTo(7);
  }

  @Test
  void without_a_scale_a_task_set_has_no_tasks() {
    quay.create(external(3));
    TaskSet taskSet = sets.make(first, request -> request);
    assertThat(taskSet.scale()).isEqualTo(scale(0));
    assertThat(quay.live()).isEmpty();
  }

  @Test
  void traffic_goes_from_blue_to_green_in_the_hands_of_another() {
    quay.create(external(4));
    TaskSet blue = sets.make(first, 100);
    sets.primary(blue);
    quay.settle();
    TaskSet green = sets.make(second, 25);
    quay.settle();
    assertThat(sets.tasks(blue)).hasSize(4);
    assertThat(sets.tasks(green)).hasSize(1);
    sets.scaled(green, 100);
    quay.settle();
    assertThat(sets.primary(green).status()).isEqualTo("PRIMARY");
    assertThat(sets.described(blue).status()).isEqualTo("ACTIVE");
    assertThat(quay.describe().taskDefinition()).isEqualTo(second);
    sets.scaled(blue, 0);
    quay.settle();
    assertThat(sets.tasks(blue)).isEmpty();
    assertThat(sets.deleted(blue, false).status()).isEqualTo("DRAINING");
    assertThat(quay.describe().taskSets()).extracting(TaskSet::id).containsExactly(green.id());
    assertThat(quay.describe().runningCount()).isEqualTo(4);
    assertThat(quay.describe().deployments()).isEmpty();
  }

  @Test
  void the_desired_count_scales_all_task_sets() {
    quay.create(external(2));
    TaskSet whole = sets.make(first, 100);
    TaskSet half = sets.make(second, 50);
    quay.settle();
    quay.update(request -> request.desiredCount(6));
    quay.settle();
    assertThat(sets.tasks(whole)).hasSize(6);
    assertThat(sets.tasks(half)).hasSize(3);
    quay.update(request -> request.desiredCount(0));
    quay.settle();
    assertThat(quay.live()).isEmpty();
  }

  @Test
  void a_task_that_ends_is_replaced_by_one_of_its_own_task_set() {
    quay.create(external(2));
    TaskSet blue = sets.make(first, 100);
    sets.make(second, 50);
    quay.settle();
    Task ended = sets.tasks(blue).getFirst();
    quay.exit(ended);
    assertThat(sets.described(blue).stabilityStatus()).isEqualTo("STABILIZING");
    quay.settle();
    assertThat(sets.tasks(blue)).hasSize(2).doesNotContain(ended);
    assertThat(sets.described(blue).stabilityStatus()).isEqualTo("STEADY_STATE");
  }

  @Test
  void tasks_that_never_start_slow_down_their_task_set_alone() {
    quay.create(external(2));
    TaskSet bad = sets.make(first, 100);
    quay.failAll();
    assertThat(sets.tasks(bad)).isEmpty();
    TaskSet good = sets.make(second, 100);
    assertThat(sets.tasks(good)).hasSize(2);
  }

  @Test
  void unhealthy_tasks_of_a_task_set_are_replaced() {
    String checked = quay.checkedDefinition("checked");
    quay.create(external(2));
    TaskSet taskSet = sets.make(checked, 100);
    quay.act();
    sets.tasks(taskSet).forEach(task -> quay.health(task, Task.HEALTHY));
    assertThat(sets.described(taskSet).stabilityStatus()).isEqualTo("STEADY_STATE");
    Task sick = sets.tasks(taskSet).getFirst();
    quay.health(sick, Task.UNHEALTHY);
    assertThat(sets.tasks(taskSet)).hasSize(3);
    quay.act();
    for (Task task : sets.tasks(taskSet)) {
      if (!task.arn().equals(sick.arn())) {
        quay.health(task, Task.HEALTHY);
      }
    }
    assertThat(quay.now(sick).stopping()).isTrue();
  }

  @Test
  void tasks_leave_a_draining_instance_when_others_are_healthy() {
    quay.create(external(2));
    TaskSet taskSet = sets.make(first, 100);
    quay.settle();
    quay.instanceStatus("i1", "DRAINING");
    assertThat(sets.described(taskSet).stabilityStatus()).isEqualTo("STABILIZING");
    assertThat(quay.stopping()).isEmpty();
    quay.settle();
    assertThat(sets.tasks(taskSet))
        .hasSize(2)
        .allSatisfy(
            task -> assertThat(task.containerInstanceArn()).isEqualTo(quay.instanceArn("i2")));
    assertThat(sets.described(taskSet).stabilityStatus()).isEqualTo("STEADY_STATE");
  }

  @Test
  void a_deleted_task_set_drains_and_is_gone_once_its_tasks_are_stopped() {
    quay.create(external(2));
    TaskSet taskSet = sets.make(first, 100);
    quay.settle();
    refused(
        () -> sets.deleted(taskSet, false),
        "The task set cannot be stopped while it is scaled above 0.");
    TaskSet answer = sets.deleted(taskSet, true);
    assertThat(answer.status()).isEqualTo("DRAINING");
    assertThat(answer.scale()).isEqualTo(scale(0));
    assertThat(sets.described(taskSet).computedDesiredCount()).isZero();
    assertThat(quay.stopping()).hasSize(2);
    refused(() -> sets.scaled(taskSet, 100), "The task set is DRAINING and cannot be changed.");
    assertThat(sets.deleted(taskSet, false).status()).isEqualTo("DRAINING");
    quay.settle();
    assertThat(sets.describe(id(taskSet)).taskSets()).isEmpty();
    assertThat(sets.describe(id(taskSet)).failures())
        .extracting(Failure::reason, Failure::arn)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("MISSING", taskSet.taskSetArn()));
    assertThatThrownBy(() -> sets.scaled(taskSet, 1))
        .isInstanceOf(TaskSetNotFoundException.class)
        .hasMessage("The specified task set was not found.");
  }

  @Test
  void the_primary_task_set_is_only_deleted_by_force() {
    quay.create(external(0));
    TaskSet taskSet = sets.primary(sets.make(first, 0));
    refused(
        () -> sets.deleted(taskSet, false),
        "The PRIMARY task set cannot be deleted without force.");
    assertThat(sets.deleted(taskSet, true).status()).isEqualTo("DRAINING");
    assertThat(sets.describe().taskSets()).isEmpty();
  }

  @Test
  void a_service_has_at_most_five_task_sets() {
    quay.create(external(1));
    for (int count = 0; count < 5; count++) {
      sets.make(first, 0);
    }
    refused(
        () -> sets.make(first, 0),
        "5 deployments exist on the service. Unable to create new TaskSet since this exceeds the"
            + " maximum limit.");
  }

  @Test
  void a_client_token_makes_one_task_set_of_two_requests() {
    quay.create(external(1));
    TaskSet once = sets.make(first, request -> request.clientToken("t").externalId("x"));
    assertThat(id(sets.make(first, request -> request.clientToken("t").externalId("x"))))
        .isEqualTo(id(once));
    refused(
        () -> sets.make(second, request -> request.clientToken("t").externalId("x")),
        "Creation of task set was not idempotent.");
    assertThat(id(sets.make(first, request -> request.externalId("x")))).isNotEqualTo(id(once));
  }

  @Test
  void tags_of_a_task_set_are_shown_and_changed() {
    quay.create(external(1));
    TaskSet taskSet = sets.make(first, request -> request.tags(List.of(new Tag("team", "blue"))));
    String arn = Objects.requireNonNull(taskSet.taskSetArn());
    quay.harbour.call(
        new TagResource(), new TagResourceRequest(arn, List.of(new Tag("cost", "9"))));
    assertThat(
            quay.harbour.ask(new ListTagsForResource(), new ListTagsForResourceRequest(arn)).tags())
        .containsExactly(new Tag("team", "blue"), new Tag("cost", "9"));
    assertThat(sets.described(taskSet).tags()).isNull();
  }

  @Test
  void ecs_keeps_task_sets_from_services_that_it_controls() {
    quay.create(first, 1, 100, 200);
    refused(
        () -> sets.make(first, 100),
        "Amazon ECS only supports task set management on services configured to use external"
            + " deployment controllers.");
    assertThat(quay.describe().taskSets()).isNull();
  }

  @Test
  void task_sets_need_an_active_service() {
    assertThatThrownBy(() -> sets.make(first, 1)).isInstanceOf(ServiceNotFoundException.class);
    quay.create(external(1));
    sets.make(first, 100);
    quay.settle();
    quay.delete(true);
    assertThatThrownBy(() -> sets.make(first, 1)).isInstanceOf(ServiceNotActiveException.class);
    quay.settle();
    assertThat(quay.live()).isEmpty();
    assertThat(quay.describe().status()).isEqualTo("INACTIVE");
    assertThat(quay.describe().taskSets()).isEmpty();
  }

  @Test
  void scales_beyond_their_bounds_are_refused() {
    quay.create(external(1));
    for (double wrong : new double[] {-0.1, 100.1, Double.NaN}) {
      refused(() -> sets.make(first, wrong), "The scale value must be between 0 and 100.");
    }
    refused(
        () -> sets.make(first, request -> request.scale(new Scale(1.0, "PIECES"))),
        "The scale unit should be one of [PERCENT]");
  }
}
