package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Definitions.app;
import static dev.longshore.core.taskdefinition.Definitions.web;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.core.Harbour;
import dev.longshore.core.Rows;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.DeleteTaskDefinitionsRequest;
import dev.longshore.shapes.ecs.DeleteTaskDefinitionsResponse;
import dev.longshore.shapes.ecs.DeregisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.DescribeTaskDefinitionRequest;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.TaskDefinition;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskDefinitionLifecycleTest {
  private static final String ARN = "arn:aws:ecs:us-east-1:123456789012:task-definition/";
  private static final String UNKNOWN = "Unable to describe task definition.";

  private final Harbour harbour = new Harbour(new DeletedTaskDefinitionReconciler());
  private final Definitions definitions = new Definitions(harbour);

  @Test
  void a_family_means_its_highest_active_revision() {
    register(3);
    assertThat(definitions.describe("web").revision()).isEqualTo(3);
    deregister("web:3");
    assertThat(definitions.describe("web").revision()).isEqualTo(2);
    deregister("web:1");
    deregister("web:2");
    assertUnknown("web");
  }

  @Test
  void a_revision_is_described_by_number_and_by_arn() {
    register(2);
    assertThat(definitions.describe("web:1").revision()).isEqualTo(1);
    assertThat(definitions.describe(ARN + "web:2").revision()).isEqualTo(2);
    assertThat(definitions.describe(ARN + "web").revision()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nope",
        "nope:1",
        "web:3",
        "web:0",
        "arn:aws:ecs:us-east-1:999999999999:task-definition/web:1",
        "arn:aws:ecs:us-east-1:123456789012:cluster/web",
        "arn:"
      })
  void what_is_not_there_cannot_be_described(String identifier) {
    register(2);
    if (identifier.equals("web:0")) {
      assertThatExceptionOfType(ClientException.class)
          .isThrownBy(() -> definitions.describe(identifier));
    } else {
      assertUnknown(identifier);
    }
  }

  @Test
  void a_revision_that_is_no_number_is_refused() {
    register(1);
    assertThatExceptionOfType(ClientException.class)
        .isThrownBy(() -> definitions.describe("web:foo"))
        .withMessage("Invalid revision number. Number: foo");
  }

  @Test
  void tags_are_described_if_they_are_asked_for() {
    definitions.register(web(app()).tags(List.of(new Tag("a", "1"))));
    var request = DescribeTaskDefinitionRequest.builder().taskDefinition("web");
    assertThat(harbour.ask(new DescribeTaskDefinition(), request.build()).tags()).isNull();
    assertThat(
            harbour
                .ask(new DescribeTaskDefinition(), request.include(List.of("TAGS")).build())
                .tags())
        .containsExactly(new Tag("a", "1"));
  }

  @Test
  void a_deregistered_revision_is_inactive_and_still_described_by_number() {
    TaskDefinition registered = definitions.register(web(app()));
    harbour.advance(Duration.ofMinutes(5));
    TaskDefinition answer = deregister("web:1");
    assertThat(answer).isEqualTo(registered.toBuilder().status("INACTIVE").build());
    assertThat(definitions.describe("web:1"))
        .isEqualTo(answer.toBuilder().deregisteredAt(harbour.now()).build());
  }

  @Test
  void deregistering_twice_changes_nothing_the_second_time() {
    register(1);
    deregister("web:1");
    TaskDefinition before = definitions.describe("web:1");
    harbour.advance(Duration.ofMinutes(5));
    assertThat(deregister("web:1").status()).isEqualTo("INACTIVE");
    assertThat(definitions.describe("web:1")).isEqualTo(before);
  }

  @Test
  void a_family_alone_cannot_be_deregistered() {
    register(1);
    assertThatExceptionOfType(ClientException.class)
        .isThrownBy(() -> deregister("web"))
        .withMessage("Revision is missing.");
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> deregister("web:foo"))
        .withMessage("Invalid revision number. Number: foo");
    assertThatExceptionOfType(ClientException.class)
        .isThrownBy(() -> deregister("web:2"))
        .withMessage(UNKNOWN);
  }

  @Test
  void an_inactive_revision_can_be_deleted_and_then_not_be_deregistered() {
    register(1);
    deregister("web:1");
    harbour.advance(Duration.ofMinutes(1));
    List<TaskDefinition> deleted = requireNonNull(delete("web:1").taskDefinitions());
    assertThat(deleted).hasSize(1);
    assertThat(deleted.getFirst().status()).isEqualTo("DELETE_IN_PROGRESS");
    assertThat(deleted.getFirst().deregisteredAt()).isEqualTo(Harbour.OPENING);
    assertThat(deleted.getFirst().deleteRequestedAt()).isEqualTo(harbour.now());
    assertThat(definitions.describe("web:1")).isEqualTo(deleted.getFirst());
    assertThatExceptionOfType(ClientException.class)
        .isThrownBy(() -> deregister("web:1"))
        .withMessage(
            "The task definition could not be deregistered because it is in the process of being"
                + " deleted.");
  }

  @Test
  void what_cannot_be_deleted_is_a_failure_of_its_own() {
    register(2);
    deregister("web:2");
    DeleteTaskDefinitionsResponse answer =
        delete("web:1", "web:2", "web:3", "web", "web:foo", "we b:1", ARN + "web:2");
    assertThat(answer.taskDefinitions())
        .extracting(TaskDefinition::taskDefinitionArn)
        .containsExactly(ARN + "web:2", ARN + "web:2");
    String invalid =
        "The specified task definition identifier is invalid. Specify a valid name or ARN and try"
            + " again.";
    assertThat(answer.failures())
        .containsExactly(
            new Failure(
                ARN + "web:1",
                "The specified task definition is still in ACTIVE status. Please deregister the"
                    + " target and try again.",
                null),
            new Failure(
                ARN + "web:3",
                "The specified task definition does not exist. Specify a valid account, family,"
                    + " revision and try again.",
                null),
            new Failure("web", invalid, null),
            new Failure("web:foo", invalid, null),
            new Failure("we b:1", invalid, null));
  }

  @Test
  void one_to_ten_revisions_are_deleted_at_once() {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> delete())
        .withMessage("size of TaskDefinition references list must be greater than 0");
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> delete(Collections.nCopies(11, "web:1").toArray(String[]::new)))
        .withMessage("Size of TaskDefinition references list cannot exceed 10");
  }

  @Test
  void a_deleted_revision_is_gone_after_an_hour() {
    delete1();
    harbour.advance(Duration.ofMinutes(59));
    assertThat(definitions.describe("web:1").status()).isEqualTo("DELETE_IN_PROGRESS");
    harbour.advance(Duration.ofMinutes(1));
    assertUnknown("web:1");
  }

  @Test
  void a_deleted_revision_stays_while_a_task_runs_it() {
    delete1();
    harbour.edit(draft -> draft.put(Task.KIND, task(TaskStatus.RUNNING)));
    harbour.advance(Duration.ofHours(5));
    assertThat(definitions.describe("web:1").status()).isEqualTo("DELETE_IN_PROGRESS");
    harbour.edit(draft -> draft.put(Task.KIND, task(TaskStatus.STOPPED)));
    harbour.advance(Duration.ofHours(1));
    assertUnknown("web:1");
  }

  private static Task task(TaskStatus status) {
    return Rows.task("default", "1", "EC2", status, ARN + "web:1", null);
  }

  @Test
  void a_deleted_revision_stays_while_a_service_has_it() {
    delete1();
    Service service = Rows.service("default", "web", "ACTIVE");
    harbour.edit(draft -> draft.put(Service.KIND, service));
    harbour.advance(Duration.ofHours(5));
    assertThat(definitions.describe("web:1").status()).isEqualTo("DELETE_IN_PROGRESS");
    harbour.edit(draft ->
        draft.put(Service.KIND, service.edit().draining().inactive(harbour.now()).build()));
    harbour.advance(Duration.ofHours(1));
    assertUnknown("web:1");
  }

  @Test
  void numbers_are_never_given_twice_even_after_all_revisions_are_gone() {
    register(2);
    deregister("web:1");
    deregister("web:2");
    delete("web:1", "web:2");
    harbour.advance(Duration.ofHours(2));
    assertUnknown("web:2");
    assertThat(definitions.register(web(app())).revision()).isEqualTo(3);
  }

  @Test
  void tasks_and_services_are_started_with_active_revisions_only() {
    register(1);
    assertThat(findActive("web").revision()).isEqualTo(1);
    assertThatExceptionOfType(ClientException.class)
        .isThrownBy(() -> findActive("nope"))
        .withMessage("TaskDefinition not found.");
    deregister("web:1");
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> findActive("web:1"))
        .isInstanceOf(InvalidParameterException.class)
        .withMessage("TaskDefinition is inactive");
    assertThat(TaskDefinitions.row(harbour.state(), ARN + "web:1")).isNotNull();
    assertThat(TaskDefinitions.row(harbour.state(), ARN + "web:2")).isNull();
  }

  private dev.longshore.core.model.TaskDefinition findActive(String identifier) {
    return TaskDefinitions.findActive(
        harbour.state(), harbour.context(), identifier, InvalidParameterException::new);
  }

  private void register(int times) {
    for (int at = 0; at < times; at++) {
      definitions.register(web(app()));
    }
  }

  private void delete1() {
    register(1);
    deregister("web:1");
    delete("web:1");
  }

  private TaskDefinition deregister(String identifier) {
    return requireNonNull(
        harbour
            .call(
                new DeregisterTaskDefinition(),
                DeregisterTaskDefinitionRequest.builder().taskDefinition(identifier).build())
            .taskDefinition());
  }

  private DeleteTaskDefinitionsResponse delete(String... identifiers) {
    return harbour.call(
        new DeleteTaskDefinitions(),
        DeleteTaskDefinitionsRequest.builder().taskDefinitions(List.of(identifiers)).build());
  }

  private void assertUnknown(String identifier) {
    assertThatExceptionOfType(ClientException.class)
        .isThrownBy(() -> definitions.describe(identifier))
        .withMessage(UNKNOWN);
  }
}
