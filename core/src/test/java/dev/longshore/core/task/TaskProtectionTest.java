package dev.longshore.core.task;

import static dev.longshore.core.Yard.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.longshore.core.Yard;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Task;
import dev.longshore.core.placement.PlacementRules;
import dev.longshore.core.taskdefinition.TaskDefinitions;
import dev.longshore.shapes.ecs.ExecuteCommandRequest;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.GetTaskProtectionRequest;
import dev.longshore.shapes.ecs.GetTaskProtectionResponse;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ProtectedTask;
import dev.longshore.shapes.ecs.StopTaskRequest;
import dev.longshore.shapes.ecs.UpdateTaskProtectionRequest;
import dev.longshore.shapes.ecs.UpdateTaskProtectionResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskProtectionTest {
  private final Yard yard = new Yard();

  @BeforeEach
  void open() {
    yard.instance();
    yard.define("app", Yard.app().build());
  }

  @Test
  void update_task_protection_on_a_standalone_task_fails_task_not_valid() {
    String arn = yard.run("app");
    UpdateTaskProtectionResponse response = protect(arn, true, null);
    assertThat(response.protectedTasks()).isEmpty();
    assertThat(response.failures())
        .extracting(Failure::arn, Failure::reason)
        .containsExactly(tuple(arn, "TASK_NOT_VALID"));
  }

  @Test
  void a_stopping_task_is_not_valid_and_an_unknown_one_missing() {
    String arn = ofService();
    yard.harbour.call(new StopTask(), StopTaskRequest.builder().task(arn).build());
    assertThat(protect(arn, true, null).failures())
        .extracting(Failure::reason)
        .containsExactly("TASK_NOT_VALID");
    assertThat(protect("0123", true, null).failures())
        .extracting(Failure::reason)
        .containsExactly("MISSING");
  }

  @Test
  void expires_in_minutes_2881_or_0_is_invalid() {
    String arn = ofService();
    for (int minutes : List.of(2881, 0, -1)) {
      assertThatThrownBy(() -> protect(arn, true, minutes))
          .isInstanceOf(InvalidParameterException.class);
    }
    assertThat(protect(arn, true, 2880).protectedTasks()).hasSize(1);
  }

  @Test
  void protect_with_60_then_again_with_5_expires_now_plus_5_minutes() {
    String arn = ofService();
    protect(arn, true, 60);
    yard.harbour.advance(Duration.ofMinutes(1));
    UpdateTaskProtectionResponse again = protect(arn, true, 5);
    assertThat(again.protectedTasks())
        .containsExactly(
            new ProtectedTask(arn, true, yard.harbour.now().plus(Duration.ofMinutes(5))));
    assertThat(get(arn).protectedTasks()).isEqualTo(known(again.protectedTasks()));
  }

  @Test
  void protection_lasts_two_hours_unless_told_otherwise_and_then_goes_off_by_itself() {
    String arn = ofService();
    protect(arn, true, null);
    yard.harbour.advance(Duration.ofHours(2).minusMillis(1));
    assertThat(known(get(arn).protectedTasks()).getFirst().protectionEnabled()).isTrue();
    yard.harbour.advance(Duration.ofMillis(1));
    assertThat(get(arn).protectedTasks()).containsExactly(new ProtectedTask(arn, false, null));
    assertThat(yard.row(arn).protectedUntil()).isNull();
  }

  @Test
  void protection_can_be_ended() {
    String arn = ofService();
    protect(arn, true, 60);
    assertThat(protect(arn, false, null).protectedTasks())
        .containsExactly(new ProtectedTask(arn, false, null));
    assertThat(yard.row(arn).protectedUntil()).isNull();
  }

  @Test
  void no_task_and_too_many_tasks_are_refused() {
    var none = UpdateTaskProtectionRequest.builder().cluster("default").protectionEnabled(true);
    assertThatThrownBy(
            () -> yard.harbour.call(new UpdateTaskProtection(), none.tasks(List.of()).build()))
        .isInstanceOf(InvalidParameterException.class);
    List<String> eleven = Collections.nCopies(11, "0123");
    assertThatThrownBy(
            () -> yard.harbour.call(new UpdateTaskProtection(), none.tasks(eleven).build()))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void execute_command_with_interactive_false_is_invalid() {
    assertThatThrownBy(() -> execute(yard.run("app"), false))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void execute_command_on_a_task_without_it_says_that_it_was_not_enabled() {
    assertThatThrownBy(() -> execute(yard.run("app"), true))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage(
            "The execute command failed because execute command was not enabled when the task was"
                + " run or the execute command agent isn’t running. Wait and try again or run a"
                + " new task with execute command enabled and try again.");
    assertThatThrownBy(() -> execute("0123", true))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("The referenced task was not found.");
  }

  private void execute(String task, boolean interactive) {
    yard.harbour.ask(
        new ExecuteCommand(),
        ExecuteCommandRequest.builder().task(task).command("sh").interactive(interactive).build());
  }

  /** A task as a service would launch it. */
  private String ofService() {
    String[] arn = new String[1];
    yard.harbour.edit(draft -> {
      TaskPlan plan =
          new TaskPlan(
              known(draft.find(Cluster.KIND, yard.harbour.place().ecs("cluster/default"))),
              TaskDefinitions.find(draft, yard.harbour.context(), "app").orElseThrow(),
              null,
              "EC2",
              "service:web",
              "ecs-svc/1234567890123456789",
              yard.harbour.place().ecs("service/default/web"),
              List.of(),
              false,
              PlacementRules.ANY.orEven());
      Task task = known(new TaskLauncher(draft, plan, yard.harbour.context()).launch());
      arn[0] = task.arn();
    });
    return arn[0];
  }

  private UpdateTaskProtectionResponse protect(
      String arn, boolean enabled, @Nullable Integer minutes) {
    return yard.harbour.call(
        new UpdateTaskProtection(),
        UpdateTaskProtectionRequest.builder()
            .cluster("default")
            .tasks(List.of(arn))
            .protectionEnabled(enabled)
            .expiresInMinutes(minutes)
            .build());
  }

  private GetTaskProtectionResponse get(String arn) {
    return yard.harbour.ask(
        new GetTaskProtection(),
        GetTaskProtectionRequest.builder().cluster("default").tasks(List.of(arn)).build());
  }
}
