package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ServiceRevision;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.shapes.ecs.ContainerImage;
import dev.longshore.shapes.ecs.DescribeServiceRevisionsRequest;
import dev.longshore.shapes.ecs.TaskSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImageDigestsTest {
  private final Quay quay = new Quay().instance("a1", "a");

  private @Nullable List<ContainerImage> images() {
    String arn = ServiceRevision.arnOf(quay.web().arn(), quay.primary().id());
    var answer =
        quay.harbour.ask(
            new DescribeServiceRevisions(), new DescribeServiceRevisionsRequest(List.of(arn)));
    return Objects.requireNonNull(answer.serviceRevisions()).getFirst().containerImages();
  }

  /** The agent pulled what the image's name stood for, and runs it. */
  private void run(Task task, String digest) {
    List<TaskContainer> containers =
        task.containers().stream()
            .map(each -> each.reported("RUNNING", null, digest, null, null, null))
            .toList();
    quay.harbour.edit(draft -> draft.put(Task.KIND, task.edit().containers(containers).build()));
    quay.run(task);
  }

  private static @Nullable String digest(Task task) {
    return task.containers().getFirst().imageDigest();
  }

  @Test
  void the_first_task_that_runs_fixes_the_image_for_all_later_ones_of_its_deployment() {
    quay.create(quay.definition("app"), 1, 100, 200);
    assertThat(images()).isNull();
    assertThat(digest(quay.live().getFirst())).isNull();
    run(quay.live().getFirst(), "sha256:one");
    assertThat(images()).containsExactly(new ContainerImage("app", "sha256:one", "app:1"));
    quay.update(request -> request.desiredCount(2));
    assertThat(quay.live()).extracting(ImageDigestsTest::digest).containsOnly("sha256:one");
    quay.exit(quay.live().getFirst());
    assertThat(quay.live()).extracting(ImageDigestsTest::digest).containsOnly("sha256:one");
  }

  @Test
  void the_next_deployment_asks_again() {
    quay.create(quay.definition("app"), 1, 100, 200);
    run(quay.live().getFirst(), "sha256:one");
    quay.update(request -> request.forceNewDeployment(true));
    Task next =
        quay.live().stream()
            .filter(task -> quay.primary().id().equals(task.deploymentId()))
            .findFirst()
            .orElseThrow();
    assertThat(digest(next)).isNull();
    run(next, "sha256:two");
    assertThat(images()).containsExactly(new ContainerImage("app", "sha256:two", "app:1"));
  }

  @Test
  void images_go_by_their_names_where_consistency_is_off_or_no_digest_is_known() {
    String free = quay.definition("app", container -> container.versionConsistency("disabled"));
    quay.create(free, 1, 100, 200);
    run(quay.live().getFirst(), "sha256:one");
    assertThat(images()).containsExactly(new ContainerImage("app", null, "app:1"));
    quay.update(request -> request.desiredCount(2));
    assertThat(quay.live()).extracting(ImageDigestsTest::digest).contains((String) null);
    String local = quay.definition("app");
    quay.update(request -> request.taskDefinition(local));
    quay.runAll();
    assertThat(images()).containsExactly(new ContainerImage("app", null, "app:1"));
  }

  @Test
  void all_tasks_of_a_task_set_run_the_image_that_its_first_one_found() {
    TaskSetCalls sets = new TaskSetCalls(quay);
    String definition = quay.definition("app");
    quay.create(TaskSetCalls.external(1));
    TaskSet blue = sets.make(definition, 100);
    run(quay.live().getFirst(), "sha256:one");
    quay.update(request -> request.desiredCount(2));
    assertThat(sets.tasks(blue)).hasSize(2);
    assertThat(quay.live()).extracting(ImageDigestsTest::digest).containsOnly("sha256:one");
    TaskSet green = sets.make(definition, 100);
    assertThat(sets.tasks(green)).extracting(ImageDigestsTest::digest).containsOnlyNulls();
    run(sets.tasks(green).getFirst(), "sha256:two");
    quay.exit(sets.tasks(blue).getFirst());
    assertThat(sets.tasks(blue)).extracting(ImageDigestsTest::digest).containsOnly("sha256:one");
  }
}
