package dev.longshore.e2e;

import static dev.longshore.e2e.Balancer.forward;
import static dev.longshore.e2e.Shell.words;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Services behind load balancers: real containers, asked by wrk and curl. */
@Tag("docker")
class BalancedTasksDockerTest {
  /** Looked at every 5 seconds, so given up after 10 where nothing answers. */
  private static final int LATE_SECONDS = 14;

  private static String web(String before) {
    return Site.container(
            "busybox mkdir -p /www; cat /etc/hostname > /www/index.html; "
                + before
                + "trap 'exit 0' TERM; httpd -f -p 80 -h /www & wait")
        .replace("\"memory\":32", "\"portMappings\":[{\"containerPort\":80}],\"memory\":32");
  }

  /** A service behind a load balancer that sends it everything. */
  private static String served(Balancer balancer, String definition, int count, String... options)
      throws Exception {
    String group = balancer.group("web", "--target-type", "instance");
    balancer.attribute(group, "deregistration_delay.timeout_seconds", "3");
    balancer.rule("/*", forward(group));
    balancer
        .aws()
        .ok(words("ecs register-task-definition --family web --container-definitions", definition));
    List<String> words =
        new ArrayList<>(
            List.of(
                words(
                    "ecs create-service --service-name web --task-definition web"
                        + " --desired-count",
                    Integer.toString(count),
                    "--load-balancers",
                    "targetGroupArn=" + group + ",containerName=app,containerPort=80")));
    words.addAll(List.of(options));
    balancer.aws().ok(words.toArray(String[]::new));
    return group;
  }

  @Test
  void a_rolling_update_under_wrk_loses_no_request() throws Exception {
    try (Site site = Site.up("--instances", "1");
        ExecutorService beside = Executors.newSingleThreadExecutor()) {
      Balancer balancer = Balancer.make(site.aws, "web");
      served(balancer, web(""), 2);
      Await.stable(site.aws, "web");
      var before = site.containers().values();
      CompletableFuture<String> load =
          CompletableFuture.supplyAsync(() -> wrk(balancer.url("/")), beside);
      site.aws.ok(words("ecs update-service --service web --force-new-deployment"));
      Site.until(
          "all containers are new",
          () -> {
            var now = site.containers().values();
            return now.size() == 2 && now.stream().noneMatch(before::contains);
          });
      assertThat(load.isDone()).as("the load went on all the while").isFalse();
      assertThat(load.get(2, TimeUnit.MINUTES))
          .containsPattern("[1-9]\\d* requests in")
          .doesNotContain("Non-2xx")
          .doesNotContain("Socket errors");
    }
  }

  private static String wrk(String url) {
    try {
      return Shell.of("wrk").ok("-t", "1", "-c", "4", "-d", "45s", "--timeout", "20s", url);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void within_the_grace_period_a_task_may_be_late() throws Exception {
    try (Site site = Site.up("--instances", "1")) {
      Balancer balancer = Balancer.make(site.aws, "web");
      String group =
          served(
              balancer,
              web("sleep " + LATE_SECONDS + "; "),
              1,
              "--health-check-grace-period-seconds",
              "60");
      Site.until("the task runs", () -> site.containers().size() == 1);
      var before = site.containers();
      Site.until("the target is given up", () -> balancer.health(group).startsWith("unhealthy"));
      balancer.untilHealth(group, "healthy\tNone\tNone");
      assertThat(site.containers()).isEqualTo(before);
      assertThat(balancer.curl("/")).startsWith("HTTP/1.1 200 OK");
    }
  }
}
