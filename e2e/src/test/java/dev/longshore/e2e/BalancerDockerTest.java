package dev.longshore.e2e;

import static dev.longshore.e2e.Shell.words;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Load balancers as the real AWS CLI makes them, with real containers behind them. */
@Tag("docker")
class BalancerDockerTest {
  private static String get(HttpClient client, URI uri) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body().strip();
  }

  @Test
  void three_tasks_on_one_instance_share_the_traffic_evenly() throws Exception {
    try (Site site = Site.up("--instances", "1");
        HttpClient client = HttpClient.newHttpClient()) {
      Balanced made = Balanced.of(site.aws, "0");
      made.service(3);
      String health =
          site.aws.ok(
              words(
                  "elbv2 describe-target-health --output text --target-group-arn",
                  made.group(),
                  "--query",
                  "TargetHealthDescriptions[].[Target.Id,Target.Port,TargetHealth.State]"));
      List<String> lines = health.lines().toList();
      assertThat(lines).hasSize(3).allMatch(line -> line.endsWith("healthy"));
      assertThat(lines.stream().map(line -> line.split("\t")[0]).distinct()).hasSize(1);
      assertThat(lines.stream().map(line -> line.split("\t")[1]).distinct()).hasSize(3);
      Map<String, Integer> answers = new TreeMap<>();
      for (int i = 0; i < 600; i++) {
        answers.merge(get(client, made.uri()), 1, Integer::sum);
      }
      assertThat(answers).hasSize(3);
      assertThat(answers.values()).allMatch(count -> count >= 190 && count <= 210);
    }
  }
}
