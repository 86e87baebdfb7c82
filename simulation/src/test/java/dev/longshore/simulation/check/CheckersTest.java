package dev.longshore.simulation.check;

import static dev.longshore.simulation.check.Rows.HERE;
import static dev.longshore.simulation.check.Rows.NOW;
import static dev.longshore.simulation.check.Rows.SOUND;
import static dev.longshore.simulation.check.Rows.TASK;
import static dev.longshore.simulation.check.Rows.THERE;
import static dev.longshore.simulation.check.Rows.found;
import static dev.longshore.simulation.check.Rows.seen;
import static dev.longshore.simulation.check.Rows.settled;
import static dev.longshore.simulation.check.Rows.sighting;
import static dev.longshore.simulation.check.Rows.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.state.State;
import dev.longshore.simulation.check.NothingAcknowledgedIsLost.Fact;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Breaks each promise on purpose: a checker that cannot fail checks nothing. */
class CheckersTest {
  private static final String OTHER = TASK + "2";
  private static final String SERVICE = "arn:aws:ecs:us-east-1:123456789012:service/default/s";

  @Test
  void a_task_that_moves_to_another_instance_is_found() {
    assertThat(
            found(
                new TasksStayOnOneInstance(),
                draft -> draft.put(Task.KIND, Rows.task(TASK, THERE))))
        .singleElement()
        .asString()
        .contains("moved from " + HERE);
  }

  @Test
  void a_task_that_runs_on_two_machines_is_found() {
    Sighting here = sighting("m0", HERE, TASK, "d0");
    assertThat(seen(new TasksStayOnOneInstance(), SOUND, here)).isEmpty();
    assertThat(seen(new TasksStayOnOneInstance(), SOUND, here, sighting("m1", THERE, TASK, "d1")))
        .singleElement()
        .asString()
        .contains("runs on m0 and on m1");
  }

  @Test
  void an_instance_whose_tasks_need_more_than_it_has_is_found() {
    // The row says that the second task takes nothing; its definition says 600 CPU units.
    assertThat(
            found(
                new InstancesAreNeverOvercommitted(),
                draft -> draft.put(Task.KIND, Rows.task(OTHER, HERE))))
        .singleElement()
        .asString()
        .contains("has 1024 CPU and 1024 MiB, and its tasks hold 1200 and 1024");
  }

  @Test
  void a_gpu_that_two_tasks_hold_is_found_and_one_that_is_not_there() {
    assertThat(
            found(
                new InstancesAreNeverOvercommitted(),
                draft -> {
                  draft.put(Task.KIND, Rows.task(TASK, HERE, null, null, List.of("gpu0")));
                  draft.put(Task.KIND, Rows.task(OTHER, HERE, null, null, List.of("gpu0", "gpu9")));
                }))
        .anyMatch(what -> what.contains("GPU gpu0") && what.contains("held twice"))
        .anyMatch(what -> what.contains("has GPUs [gpu0], not"));
  }

  @Test
  void a_port_that_is_given_to_two_tasks_is_found() {
    assertThat(
            found(
                new HostPortsAreHeldOnce(), draft -> draft.put(Task.KIND, Rows.task(OTHER, HERE))))
        .singleElement()
        .asString()
        .contains("tcp8080 of " + HERE + " was held");
  }

  @Test
  void a_port_that_is_open_twice_on_a_machine_is_found() {
    assertThat(
            seen(
                new HostPortsAreHeldOnce(),
                SOUND,
                sighting("m0", HERE, TASK, "d0"),
                sighting("m0", HERE, OTHER, "d1")))
        .singleElement()
        .asString()
        .contains("tcp8080 of m0 is open twice");
  }

  @Test
  void a_container_that_finds_its_port_taken_is_found() {
    List<String> found = new ArrayList<>();
    new HostPortsAreHeldOnce().collided("m0", TASK, 8080, found::add);
    assertThat(found).hasSize(1);
  }

  @Test
  void a_task_that_goes_back_is_found() {
    assertThat(
            found(
                new StatusesOnlyMoveForward(),
                draft ->
                    draft.put(
                        Task.KIND,
                        Rows.task(TASK, HERE).edit().lastStatus(TaskStatus.PENDING).build())))
        .singleElement()
        .asString()
        .contains("went back from RUNNING to PENDING");
  }

  @Test
  void a_stopped_task_that_is_wanted_again_is_found() {
    StatusesOnlyMoveForward checker = new StatusesOnlyMoveForward();
    assertThat(found(checker, draft -> draft.put(Task.KIND, stopped()))).isEmpty();
    State after = Rows.edited(SOUND, draft -> draft.put(Task.KIND, stopped()));
    List<String> found = new ArrayList<>();
    checker.committed(after, Difference.between(after, SOUND), SOUND, found::add);
    assertThat(found)
        .anyMatch(what -> what.contains("went back from STOPPED to RUNNING"))
        .anyMatch(what -> what.contains("is wanted again"))
        .anyMatch(what -> what.contains("kept version"))
        .anyMatch(what -> what.contains("had stoppedAt"));
  }

  @Test
  void a_task_that_is_forgotten_too_early_or_comes_back_is_found() {
    StatusesOnlyMoveForward checker = new StatusesOnlyMoveForward();
    assertThat(found(checker, draft -> draft.remove(Task.KIND, TASK)))
        .singleElement()
        .asString()
        .contains("was forgotten while it was RUNNING");
    State gone = Rows.edited(SOUND, draft -> draft.remove(Task.KIND, TASK));
    List<String> found = new ArrayList<>();
    checker.committed(gone, Difference.between(gone, SOUND), SOUND, found::add);
    assertThat(found).singleElement().asString().contains("came back");
  }

  @Test
  void times_out_of_order_are_found() {
    assertThat(
            found(
                new StatusesOnlyMoveForward(),
                draft ->
                    draft.put(
                        Task.KIND,
                        stopped()
                            .edit()
                            .timeline(stopped().timeline().withStoppedAt(NOW.minusSeconds(1)))
                            .build())))
        .anyMatch(what -> what.contains("out of order"));
  }

  @Test
  void a_task_that_stops_without_a_code_or_with_a_wrong_one_is_found() {
    assertThat(found(new StoppedTasksSayWhy(), draft -> draft.put(Task.KIND, stopped()))).isEmpty();
    assertThat(
            found(
                new StoppedTasksSayWhy(),
                draft ->
                    draft.put(
                        Task.KIND, stopped().edit().stopCode(null).stoppedReason("").build())))
        .hasSize(2);
    assertThat(
            found(
                new StoppedTasksSayWhy(),
                draft ->
                    draft.put(Task.KIND, stopped().edit().stopCode("TaskFailedToStart").build())))
        .singleElement()
        .asString()
        .contains("failed to start, having run");
  }

  @Test
  void a_container_of_a_task_that_never_was_is_found() {
    assertThat(seen(new AgentsRunOnlyKnownTasks(), SOUND, sighting("m0", HERE, TASK, "d0")))
        .isEmpty();
    assertThat(seen(new AgentsRunOnlyKnownTasks(), SOUND, sighting("m0", HERE, OTHER, "d0")))
        .singleElement()
        .asString()
        .contains("which never was");
    assertThat(seen(new AgentsRunOnlyKnownTasks(), SOUND, sighting("m1", THERE, TASK, "d0")))
        .singleElement()
        .asString()
        .contains("which was placed on " + HERE);
  }

  @Test
  void a_container_that_runs_twice_is_found() {
    assertThat(
            seen(
                new ContainersMatchTasks(),
                SOUND,
                sighting("m0", HERE, TASK, "d0"),
                sighting("m0", HERE, TASK, "d1")))
        .singleElement()
        .asString()
        .contains("runs twice");
  }

  @Test
  void a_container_of_a_stopped_task_is_found_unless_its_instance_was_deregistered() {
    State ended = Rows.edited(SOUND, draft -> draft.put(Task.KIND, stopped()));
    Sighting running = sighting("m0", HERE, TASK, "d0");
    assertThat(seen(new ContainersMatchTasks(), ended, running))
        .singleElement()
        .asString()
        .contains("is STOPPED");
    State deregistered =
        Rows.edited(
            ended,
            draft ->
                draft.put(
                    ContainerInstance.KIND, Rows.instance(HERE).edit().deregistered(NOW).build()));
    assertThat(seen(new ContainersMatchTasks(), deregistered, running)).isEmpty();
  }

  @Test
  void an_orphan_and_a_task_that_nobody_runs_are_found_in_the_end() {
    assertThat(settled(new ContainersMatchTasks(), SOUND, sighting("m0", HERE, TASK, "d0")))
        .isEmpty();
    assertThat(settled(new ContainersMatchTasks(), SOUND, sighting("m0", HERE, OTHER, "d0")))
        .anyMatch(what -> what.startsWith("an orphan"))
        .anyMatch(what -> what.contains("nobody runs its app"));
  }

  @Test
  void a_service_that_has_not_what_it_wants_is_found() {
    State wanting = Rows.edited(SOUND, draft -> draft.put(Service.KIND, service(1)));
    assertThat(settled(new ServicesConverge(), wanting))
        .singleElement()
        .asString()
        .contains("wants 1 tasks and has 0");
    State served =
        Rows.edited(
            wanting,
            draft -> draft.put(Task.KIND, Rows.task(TASK, HERE, SERVICE, "ecs-svc/1", List.of())));
    assertThat(settled(new ServicesConverge(), served)).isEmpty();
    State old =
        Rows.edited(
            wanting,
            draft -> draft.put(Task.KIND, Rows.task(TASK, HERE, SERVICE, "ecs-svc/0", List.of())));
    assertThat(settled(new ServicesConverge(), old))
        .singleElement()
        .asString()
        .contains("1 that should not be");
  }

  private static State daemon(String... instances) {
    return Rows.edited(
        SOUND,
        draft -> {
          draft.remove(Task.KIND, TASK);
          draft.put(
              Service.KIND,
              service(2)
                  .edit()
                  .specification(
                      dev.longshore.shapes.ecs.Service.builder()
                          .schedulingStrategy("DAEMON")
                          .build())
                  .build());
          for (int at = 0; at < instances.length; at++) {
            draft.put(
                Task.KIND, Rows.task(OTHER + at, instances[at], SERVICE, "ecs-svc/1", List.of()));
          }
        });
  }

  @Test
  void a_daemon_that_has_not_one_task_on_each_instance_is_found() {
    Checker checker = new DaemonsHaveOneTaskEach();
    assertThat(settled(checker, daemon(HERE, Rows.THERE))).isEmpty();
    assertThat(settled(checker, daemon(HERE)))
        .singleElement()
        .asString()
        .contains("has 0 tasks on " + Rows.THERE);
    List<String> found = new ArrayList<>();
    State one = daemon(HERE);
    State two = daemon(HERE, HERE);
    checker.committed(one, Difference.between(one, two), two, found::add);
    assertThat(found).singleElement().asString().contains("still is");
  }

  private static Service service(int desired) {
    return new Service(
        SERVICE,
        "s",
        "arn:aws:ecs:us-east-1:123456789012:cluster/default",
        Service.ACTIVE,
        dev.longshore.shapes.ecs.Service.builder().build(),
        desired,
        List.of(Deployment.begun("ecs-svc/1", "web:1", NOW)),
        0,
        null,
        List.of(),
        List.of(),
        NOW,
        "root",
        null,
        null);
  }

  /** Four desired, 50 to 100 percent: never more than four live, never fewer than two healthy. */
  private static State bounded(int tasks) {
    return Rows.edited(
        Rows.SOUND,
        draft -> {
          Service service = service(4);
          draft.put(
              Service.KIND,
              service
                  .edit()
                  .specification(
                      dev.longshore.shapes.ecs.Service.builder()
                          .deploymentConfiguration(
                              dev.longshore.shapes.ecs.DeploymentConfiguration.builder()
                                  .minimumHealthyPercent(50)
                                  .maximumPercent(100)
                                  .build())
                          .build())
                  .build());
          for (int at = 0; at < tasks; at++) {
            draft.put(Task.KIND, of(at));
          }
        });
  }

  private static Task of(int number) {
    return Rows.task(OTHER + number, HERE, SERVICE, "ecs-svc/1", List.of());
  }

  private static List<String> kept(State before, State after) {
    List<String> found = new ArrayList<>();
    new ServicesKeepTheirBounds()
        .committed(before, Difference.between(before, after), after, found::add);
    return found;
  }

  private static State stopping(State state, int tasks, String code, int seconds) {
    return Rows.edited(
        state,
        draft -> {
          for (int at = 0; at < tasks; at++) {
            draft.put(
                Task.KIND,
                of(at)
                    .edit()
                    .stopping()
                    .stopCode(code)
                    .timeline(of(at).timeline().withStoppingAt(NOW.plusSeconds(seconds)))
                    .build());
          }
        });
  }

  @Test
  void a_task_that_is_started_above_the_maximum_is_found() {
    assertThat(kept(bounded(2), bounded(4))).isEmpty();
    assertThat(kept(bounded(3), bounded(5)))
        .singleElement()
        .asString()
        .contains("one of 5 where 4 are the most");
  }

  @Test
  void a_healthy_task_that_is_stopped_below_the_minimum_is_found_unless_others_wanted_that() {
    State four = bounded(4);
    assertThat(kept(four, stopping(four, 2, "ServiceSchedulerInitiated", 60))).isEmpty();
    assertThat(kept(four, stopping(four, 3, "UserInitiated", 60))).isEmpty();
    assertThat(kept(four, stopping(four, 3, "ServiceSchedulerInitiated", 39)))
        .as("tasks not yet known to be healthy")
        .isEmpty();
    assertThat(kept(four, stopping(four, 3, "ServiceSchedulerInitiated", 60)))
        .singleElement()
        .asString()
        .contains("left 1 where 2 are the least");
  }

  @Test
  void a_replay_that_loses_a_row_is_found() {
    State less = Rows.edited(SOUND, draft -> draft.remove(ContainerInstance.KIND, THERE));
    List<String> found = new ArrayList<>();
    new ReplayYieldsTheState().restored(SOUND, SOUND, true, found::add);
    assertThat(found).isEmpty();
    new ReplayYieldsTheState().restored(SOUND, less, true, found::add);
    assertThat(found).singleElement().asString().contains("replay made");
  }

  @Test
  void a_promise_that_a_crash_broke_is_found() {
    NothingAcknowledgedIsLost checker = new NothingAcknowledgedIsLost();
    List<String> found = new ArrayList<>();
    Fact fact = new Fact("it was started", TASK, state -> state.find(Task.KIND, TASK) != null);
    checker.acknowledged(fact, SOUND, found::add);
    assertThat(found).isEmpty();
    State less = Rows.edited(SOUND, draft -> draft.remove(Task.KIND, TASK));
    checker.restored(SOUND, less, false, found::add);
    assertThat(found).singleElement().asString().contains("it was started");
    checker.acknowledged(fact, less, found::add);
    assertThat(found).as("an answer that came before the deed").hasSize(2);
  }

  @Test
  void a_token_that_starts_its_tasks_twice_is_found() {
    TokensStartTasksOnce checker = new TokensStartTasksOnce();
    checker.asked("run/1", 1);
    assertThat(
            found(
                checker,
                draft -> {
                  draft.put(Task.KIND, Rows.task(OTHER, THERE, null, "run/1", List.of()));
                  draft.put(Task.KIND, Rows.task(OTHER + "3", THERE, null, "run/1", List.of()));
                }))
        .singleElement()
        .asString()
        .contains("asked for 1 tasks and has 2");
  }

  @Test
  void an_error_that_is_logged_is_found() {
    Checkers checkers = new Checkers();
    checkers.logged("the fleet failed");
    assertThat(checkers.broken())
        .hasValueSatisfying(what ->
            assertThat(what).startsWith("NothingFailsInside: ").endsWith("the fleet failed"));
  }
}
