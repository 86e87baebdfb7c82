package dev.longshore.core.task;

import static dev.longshore.core.Yard.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.longshore.core.Yard;
import dev.longshore.core.cluster.CreateCluster;
import dev.longshore.core.model.Task;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.CreateClusterRequest;
import dev.longshore.shapes.ecs.DescribeTasksRequest;
import dev.longshore.shapes.ecs.DescribeTasksResponse;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ListTasksRequest;
import dev.longshore.shapes.ecs.ListTasksResponse;
import dev.longshore.shapes.ecs.ServiceNotFoundException;
import dev.longshore.shapes.ecs.StopTaskRequest;
import dev.longshore.shapes.ecs.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DescribeAndListTasksTest {
  private final Yard yard = new Yard();
  private String instance = "";

  @BeforeEach
  void open() {
    instance = yard.instance();
    yard.define("app", Yard.app().build());
  }

  @Test
  void an_id_and_a_full_arn_are_found_and_an_arn_of_another_cluster_is_missing() {
    yard.harbour.call(
        new CreateCluster(), CreateClusterRequest.builder().clusterName("other").build());
    yard.instance(request -> request.cluster("other"));
    String one = yard.run("app");
    String two = yard.run("app");
    var elsewhere = yard.run("app", request -> request.cluster("other"));
    String foreign = known(known(elsewhere.tasks()).getFirst().taskArn());
    String id = one.substring(one.lastIndexOf('/') + 1);
    DescribeTasksResponse response = describe(id, two, foreign, id);
    assertThat(response.tasks())
        .extracting(dev.longshore.shapes.ecs.Task::taskArn)
        .containsExactly(one, two);
    assertThat(response.failures())
        .extracting(Failure::arn, Failure::reason)
        .containsExactly(tuple(foreign, "MISSING"));
  }

  @Test
  void describe_tasks_61_minutes_after_the_stop_fails_missing() {
    String arn = yard.run("app");
    yard.report(arn, "STOPPED");
    yard.harbour.advance(Duration.ofMinutes(61));
    DescribeTasksResponse response = describe(arn);
    assertThat(response.tasks()).isEmpty();
    assertThat(response.failures())
        .extracting(Failure::arn, Failure::reason)
        .containsExactly(tuple(arn, "MISSING"));
  }

  @Test
  void empty_tasks_cannot_be_and_101_are_too_many() {
    assertThatThrownBy(() -> describe())
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("Tasks cannot be empty.");
    String[] many = Collections.nCopies(101, "0123").toArray(new String[0]);
    assertThatThrownBy(() -> describe(many)).isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void tags_are_shown_where_they_are_included() {
    yard.run("app", request -> request.tags(List.of(new Tag("a", "1"))));
    String arn = list(request -> request).getFirst();
    assertThat(known(describe(arn).tasks()).getFirst().tags()).isEmpty();
    assertThat(yard.describe(arn).tags()).containsExactly(new Tag("a", "1"));
  }

  @Test
  void list_tasks_with_started_by_and_family_is_invalid() {
    assertThatThrownBy(() -> list(request -> request.startedBy("x").family("y")))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void list_tasks_with_desired_status_pending_is_empty_though_tasks_are_pending() {
    String arn = yard.run("app");
    assertThat(yard.row(arn).lastStatus().name()).isEqualTo("PENDING");
    assertThat(list(request -> request.desiredStatus("PENDING"))).isEmpty();
    assertThat(list(request -> request)).containsExactly(arn);
  }

  @Test
  void every_filter_narrows_the_list() {
    String second = yard.instance();
    yard.define("web", Yard.app().cpu(2048).build());
    String web = yard.run("web");
    String webInstance = known(yard.row(web).containerInstanceArn());
    String other = webInstance.equals(instance) ? second : instance;
    var started = yard.run("web", request -> request.startedBy("me"));
    String mine = known(known(started.tasks()).getFirst().taskArn());
    assertThat(list(request -> request.family("web"))).containsExactlyInAnyOrder(web, mine);
    assertThat(list(request -> request.family("app"))).isEmpty();
    assertThat(list(request -> request.startedBy("me"))).containsExactly(mine);
    assertThat(list(request -> request.containerInstance(webInstance))).containsExactly(web);
    String id = other.substring(other.lastIndexOf('/') + 1);
    assertThat(list(request -> request.containerInstance(id))).containsExactly(mine);
    assertThat(list(request -> request.launchType("EC2"))).hasSize(2);
    assertThat(list(request -> request.launchType("EXTERNAL"))).isEmpty();
    assertThat(list(request -> request.daemonName("d"))).isEmpty();
  }

  @Test
  void tasks_are_listed_by_what_they_are_wanted_to_be() {
    String running = yard.run("app");
    String stopping = yard.run("app");
    yard.harbour.call(new StopTask(), StopTaskRequest.builder().task(stopping).build());
    assertThat(list(request -> request)).containsExactly(running);
    assertThat(list(request -> request.desiredStatus("STOPPED"))).containsExactly(stopping);
    assertThat(
            list(request ->
                request.desiredStatus("STOPPED").containerInstance(instance).family("app")))
        .containsExactly(stopping);
    yard.report(stopping, "STOPPED");
    assertThat(list(request -> request.desiredStatus("STOPPED"))).containsExactly(stopping);
  }

  @Test
  void wrong_filters_are_refused_in_their_own_words() {
    assertThatThrownBy(() -> list(request -> request.serviceName("nope")))
        .isInstanceOf(ServiceNotFoundException.class)
        .hasMessage("Service not found.");
    assertThatThrownBy(() -> list(request -> request.launchType("MOON")))
        .isInstanceOf(ClientException.class);
    assertThatThrownBy(() -> list(request -> request.desiredStatus("DEAD")))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> list(request -> request.maxResults(101)))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> list(request -> request.nextToken("x")))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void pages_hold_every_task_once() {
    yard.run("app", request -> request.count(10));
    yard.run("app", request -> request.count(10));
    List<String> seen = new ArrayList<>();
    ListTasksResponse page = page(request -> request.maxResults(7));
    seen.addAll(known(page.taskArns()));
    while (page.nextToken() != null) {
      assertThat(page.taskArns()).hasSize(7);
      String token = page.nextToken();
      page = page(request -> request.maxResults(7).nextToken(token));
      seen.addAll(known(page.taskArns()));
    }
    assertThat(seen).hasSize(20).doesNotHaveDuplicates();
    assertThat(yard.harbour.state().count(Task.KIND)).isEqualTo(20);
  }

  private DescribeTasksResponse describe(String... tasks) {
    return yard.harbour.ask(
        new DescribeTasks(), DescribeTasksRequest.builder().tasks(List.of(tasks)).build());
  }

  private List<String> list(UnaryOperator<ListTasksRequest.Builder> with) {
    return known(page(with).taskArns());
  }

  private ListTasksResponse page(UnaryOperator<ListTasksRequest.Builder> with) {
    return yard.harbour.ask(new ListTasks(), with.apply(ListTasksRequest.builder()).build());
  }
}
