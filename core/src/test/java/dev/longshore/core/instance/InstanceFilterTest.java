package dev.longshore.core.instance;

import static dev.longshore.core.Yard.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Yard;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.placement.language.Examples;
import dev.longshore.core.placement.language.Machine;
import dev.longshore.core.task.StartTask;
import dev.longshore.core.task.StopTask;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.DeregisterContainerInstanceRequest;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ListContainerInstancesRequest;
import dev.longshore.shapes.ecs.ListContainerInstancesResponse;
import dev.longshore.shapes.ecs.PutAttributesRequest;
import dev.longshore.shapes.ecs.RegisterContainerInstanceRequest;
import dev.longshore.shapes.ecs.StartTaskRequest;
import dev.longshore.shapes.ecs.StopTaskRequest;
import dev.longshore.shapes.ecs.VersionInfo;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The filter of ListContainerInstances reads what the API shows of registered instances. */
class InstanceFilterTest {
  private final Yard yard = new Yard();
  private String small = "";
  private String large = "";
  private String far = "";

  @BeforeEach
  void open() {
    yard.harbour.advance(Duration.ofDays(1));
    small = instance("t2.small", "us-east-1a", "1.14.4");
    large = instance("m6g.large", "us-east-1a", "1.80.0");
    far = instance("m6g.large", "us-east-1d", "1.9.0");
    yard.define("app", Yard.app().build());
  }

  @Test
  void every_example_of_the_language_lists_the_instances_it_means() {
    List<String> arns = new ArrayList<>();
    Machine.EXAMPLES.forEach(machine -> arns.add(example(machine)));
    start(arns.get(1), "service:production");
    for (String group : List.of("database", "database", "family:web")) {
      start(arns.get(2), group);
    }
    start(arns.get(3), "database");
    start(arns.get(3), "database");
    yard.connect(arns.get(2), false);
    for (String other : List.of(small, large, far)) {
      yard.harbour.edit(draft -> draft.remove(ContainerInstance.KIND, other));
    }
    for (Examples.Example example : Examples.ALL) {
      assertThat(list(example.expression()))
          .as(example.expression())
          .containsExactlyInAnyOrderElementsOf(
              example.instances().stream().map(number -> arns.get(number - 1)).toList());
    }
  }

  @Test
  void attributes_those_of_users_included_narrow_the_list() {
    yard.harbour.call(
        new PutAttributes(),
        PutAttributesRequest.builder()
            .attributes(List.of(new Attribute("stack", "prod", null, far)))
            .build());
    assertThat(list("attribute:ecs.instance-type =~ m6g\\..*"))
        .containsExactlyInAnyOrder(large, far);
    assertThat(list("attribute:stack exists")).containsExactly(far);
    assertThat(list("attribute:stack != prod")).isEmpty();
    assertThat(list("not(attribute:stack == prod)")).containsExactlyInAnyOrder(small, large);
    assertThat(list("attribute:ecs.availability-zone in [us-east-1a] and agentVersion > 1.14.4"))
        .containsExactly(large);
  }

  @Test
  void agents_are_asked_about() {
    yard.connect(far, false);
    assertThat(list("agentConnected == false")).containsExactly(far);
    assertThat(list("agentVersion < 1.14.5")).containsExactlyInAnyOrder(small, far);
    assertThat(list("ec2InstanceId =~ .*")).isEmpty();
  }

  @Test
  void the_time_of_registration_is_asked_about() {
    String moment = yard.instanceRow(small).registeredAt().toString();
    assertThat(list("registeredAt == " + moment)).hasSize(3);
    yard.harbour.advance(Duration.ofMinutes(1));
    String late = instance("c5.large", "us-east-1a", "1.80.0");
    assertThat(list("registeredAt > " + moment)).containsExactly(late);
    assertThat(list("registeredAt < 1999-12-31")).isEmpty();
  }

  @Test
  void tasks_count_and_their_groups_show_until_they_are_to_stop() {
    String first = start(small, "database");
    start(large, "service:production");
    start(large, "database");
    assertThat(list("runningTasksCount == 2")).containsExactly(large);
    assertThat(list("task:group == database")).containsExactlyInAnyOrder(small, large);
    assertThat(list("task:group =~ service:.*")).containsExactly(large);
    assertThat(list("task:group != database")).containsExactly(far);
    yard.report(first, "RUNNING");
    yard.harbour.call(new StopTask(), StopTaskRequest.builder().task(first).build());
    assertThat(list("task:group == database")).containsExactly(large);
    assertThat(list("runningTasksCount < 1")).containsExactlyInAnyOrder(small, far);
  }

  @Test
  void a_status_and_a_page_apply_to_what_the_filter_leaves() {
    yard.harbour.call(
        new DeregisterContainerInstance(),
        DeregisterContainerInstanceRequest.builder().containerInstance(small).build());
    assertThat(list("attribute:ecs.instance-type exists")).containsExactlyInAnyOrder(large, far);
    String filter = "attribute:ecs.instance-type == m6g.large";
    assertThat(arns(page(request -> request.filter(filter).status("DRAINING")))).isEmpty();
    List<String> seen = new ArrayList<>();
    String token = null;
    do {
      String next = token;
      ListContainerInstancesResponse page =
          page(request -> request.filter(filter).maxResults(1).nextToken(next));
      assertThat(page.containerInstanceArns()).hasSize(1);
      seen.addAll(arns(page));
      token = page.nextToken();
    } while (token != null);
    assertThat(seen).containsExactlyInAnyOrder(large, far);
  }

  @Test
  void the_examples_that_are_none_are_the_callers_fault() {
    for (String wrong :
        List.of(
            "agentVersion =~ 1.*",
            "attribute:stack ==",
            "foo == 1",
            "attribute:stack in prod",
            "((a")) {
      assertThatThrownBy(() -> list(wrong))
          .as(wrong)
          .isInstanceOf(InvalidParameterException.class)
          .hasMessageStartingWith("Invalid expression at position ");
    }
  }

  @Test
  void what_is_no_expression_is_refused_with_the_position_of_the_fault() {
    assertThatThrownBy(() -> list("attribute:stack =="))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("Invalid expression at position 19: a value is expected here.");
    assertThatThrownBy(() -> list("attribute:stack == " + "v".repeat(1982)))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("Invalid expression: it has 2001 characters, and may have at most 2000.");
    assertThat(list("")).hasSize(3);
    assertThat(list(null)).hasSize(3);
  }

  private String instance(String type, String zone, String agentVersion) {
    UnaryOperator<RegisterContainerInstanceRequest.Builder> with =
        request ->
            request
                .versionInfo(VersionInfo.builder().agentVersion(agentVersion).build())
                .attributes(
                    List.of(
                        Yard.attribute("ecs.instance-type", type),
                        Yard.attribute("ecs.availability-zone", zone)));
    return yard.instance(with);
  }

  /** Registers an example; its id and time, which no agent can choose, are written by hand. */
  private String example(Machine machine) {
    List<Attribute> attributes = new ArrayList<>();
    machine.attributes().forEach((name, value) -> attributes.add(Yard.attribute(name, value)));
    String arn =
        yard.instance(request ->
            request
                .versionInfo(VersionInfo.builder().agentVersion(machine.agentVersion()).build())
                .attributes(attributes));
    ContainerInstance row = yard.instanceRow(arn);
    ContainerInstance edited =
        with(
            with(row, "ec2InstanceId", machine.ec2InstanceId()),
            "registeredAt",
            machine.registeredAt());
    yard.harbour.edit(draft -> draft.put(ContainerInstance.KIND, edited));
    return arn;
  }

  /** Starts a task; the group, which could not be a service's, is written by hand. */
  private String start(String instance, String group) {
    var answer =
        yard.harbour.call(
            new StartTask(),
            StartTaskRequest.builder()
                .taskDefinition("app")
                .containerInstances(List.of(instance))
                .build());
    String task = known(known(answer.tasks()).getFirst().taskArn());
    yard.harbour.edit(draft -> draft.put(Task.KIND, with(yard.row(task), "group", group)));
    return task;
  }

  /** A copy of a row in which one component is another. */
  private static <R extends Record> R with(R row, String component, @Nullable Object value) {
    try {
      RecordComponent[] components = row.getClass().getRecordComponents();
      Class<?>[] types = new Class<?>[components.length];
      @Nullable Object[] values = new @Nullable Object[components.length];
      for (int at = 0; at < components.length; at++) {
        types[at] = components[at].getType();
        boolean isThis = components[at].getName().equals(component);
        values[at] = isThis ? value : components[at].getAccessor().invoke(row);
      }
      @SuppressWarnings("unchecked") // The constructor of a row's class makes rows of that class.
      R copy = (R) row.getClass().getDeclaredConstructor(types).newInstance(values);
      return copy;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(component, e);
    }
  }

  private List<String> list(@Nullable String filter) {
    return arns(page(request -> request.filter(filter)));
  }

  private static List<String> arns(ListContainerInstancesResponse page) {
    return known(page.containerInstanceArns());
  }

  private ListContainerInstancesResponse page(
      UnaryOperator<ListContainerInstancesRequest.Builder> with) {
    return yard.harbour.ask(
        new ListContainerInstances(), with.apply(ListContainerInstancesRequest.builder()).build());
  }
}
