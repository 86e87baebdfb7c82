package dev.longshore.agent.task;

import static dev.longshore.agent.task.Bench.arn;
import static dev.longshore.agent.task.Bench.container;
import static dev.longshore.agent.task.Bench.stop;
import static dev.longshore.agent.task.Bench.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Bench bench = new Bench();

  private static String ports(int host, String protocol) {
    return "'portMappings':[{'containerPort':80,'hostPort':"
        + host
        + ",'protocol':'"
        + protocol
        + "'}]";
  }

  private boolean admitted(String id) {
    return bench.row(id).admitted();
  }

  @Test
  void the_head_of_the_queue_blocks_everything_behind_it() {
    bench.payload(task("a", container("c", "'cpu':2000")));
    bench.payload(task("b", container("c", "'cpu':100")));
    bench.payload(task("c", container("c", "'cpu':1")));
    assertThat(admitted("a")).isTrue();
    assertThat(admitted("b")).isFalse();
    assertThat(admitted("c")).isFalse();
    assertThat(bench.reports).isEmpty();
    bench.payload(stop("a"));
    assertThat(admitted("b")).isTrue();
    assertThat(admitted("c")).isTrue();
  }

  @Test
  void memory_is_counted_as_the_soft_limit_where_there_is_one() {
    String soft =
        "'memory':4000,'dockerConfig':{'hostConfig':'{\\'MemoryReservation\\':104857600}'}";
    bench.payload(task("a", container("c", soft)));
    bench.payload(task("b", container("c", "'memory':3996")));
    assertThat(admitted("b")).isTrue();
    bench.payload(task("c", container("c", "'memory':1")));
    assertThat(admitted("c")).isFalse();
  }

  @Test
  void the_tasks_own_limits_count_instead_of_its_containers() {
    bench.payload(
        task("a", container("c", "'cpu':1"))
            .replace("'family'", "'cpu':2.0,'memory':4096,'family'"));
    bench.payload(task("b", container("c", "'cpu':1")));
    assertThat(admitted("a")).isTrue();
    assertThat(admitted("b")).isFalse();
  }

  @Test
  void a_host_port_is_free_again_when_its_task_has_stopped() {
    bench.payload(task("a", container("c", ports(8080, "tcp"))));
    bench.payload(task("b", container("c", ports(8080, "udp"))));
    bench.payload(task("c", container("c", ports(8080, "tcp"))));
    assertThat(admitted("b")).isTrue();
    assertThat(admitted("c")).isFalse();
    bench.payload(stop("a"));
    assertThat(admitted("c")).isTrue();
  }

  @Test
  void a_reserved_port_is_never_free() {
    bench.payload(task("a", container("c", ports(22, "tcp"))));
    assertThat(admitted("a")).isFalse();
  }

  @Test
  void a_queued_task_can_be_stopped_and_the_queue_moves_on() {
    bench.payload(task("a", container("c", ports(22, "tcp"))));
    bench.payload(task("b", container("c")));
    assertThat(admitted("b")).isFalse();
    bench.payload(stop("a"));
    assertThat(bench.reports.getFirst().status()).isEqualTo("STOPPED");
    assertThat(bench.reports.getFirst().containers().getFirst().reason()).isNull();
    assertThat(admitted("b")).isTrue();
  }

  @Test
  void a_restarted_engine_counts_what_its_tasks_hold_and_keeps_the_queue() {
    bench.payload(task("a", container("c", "'cpu':2000")));
    bench.payload(task("b", container("c", "'cpu':100")));
    bench.restart();
    bench.step(new Event.Resumed(List.of()));
    assertThat(admitted("b")).isFalse();
    bench.payload(stop("a"));
    assertThat(admitted("b")).isTrue();
  }

  @Test
  void a_fargate_task_waits_for_nothing() {
    bench.payload(task("a", container("c", "'cpu':2048")));
    bench.payload(
        task("b", container("c", "'cpu':2048"))
            .replace("'family'", "'launchType':'FARGATE','family'"));
    assertThat(admitted("b")).isTrue();
    assertThat(arn("b")).endsWith("/b");
  }
}
