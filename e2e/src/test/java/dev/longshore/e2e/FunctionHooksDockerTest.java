package dev.longshore.e2e;

import static dev.longshore.e2e.Shell.words;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Deployments that ask a function, as the newest AWS CLI makes and sees them. */
@Tag("docker")
class FunctionHooksDockerTest {
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:look";
  private static final String ROLE = "arn:aws:iam::123456789012:role/hooks";

  /** A function whose answers are given one after the other; then it agrees to everything. */
  private static final class Function implements AutoCloseable {
    final Queue<String> answers = new ConcurrentLinkedQueue<>();
    final Queue<Json> asked = new ConcurrentLinkedQueue<>();
    private final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    Function() throws IOException {
      server.createContext("/2015-03-31/functions/" + FUNCTION + "/invocations", this::serve);
      server.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
      try (exchange) {
        asked.add(Json.parse(new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        String next = answers.poll();
        byte[] answer = (next == null ? "{\"hookStatus\":\"SUCCEEDED\"}" : next).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
      }
    }

    String address() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> stages() {
      return asked.stream().map(each -> each.at("lifecycleStage").text()).toList();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @Test
  void a_function_lets_one_deployment_go_on_and_sends_the_next_one_back() throws Exception {
    try (Function function = new Function();
        Site site = Site.up("--functions-endpoint", function.address())) {
      Shell aws = newest(site);
      role(aws);
      register(aws, "sleep 3600");
      aws.ok(
          words("ecs create-service --service-name shop --task-definition web --desired-count 2"));
      Await.stable(aws, "shop");

      function.answers.add("{\"hookStatus\":\"IN_PROGRESS\",\"callBackDelay\":1}");
      register(aws, "sleep 1800");
      update(aws, "POST_SCALE_UP\",\"PRODUCTION_TRAFFIC_SHIFT");
      until(aws, "SUCCESSFUL");
      assertThat(function.stages())
          .containsExactly("POST_SCALE_UP", "POST_SCALE_UP", "PRODUCTION_TRAFFIC_SHIFT");
      Map<String, String> green = site.containers();
      assertThat(green).hasSize(2);

      function.answers.add("{}");
      register(aws, "sleep 900");
      aws.ok(words("ecs update-service --service shop --task-definition web"));
      until(aws, "ROLLBACK_SUCCESSFUL");
      assertThat(deployment(aws, "[statusReason,lifecycleHookDetails[0].[targetArn,status]]"))
          .contains("because POST_SCALE_UP lifecycle hook(s) failed.", FUNCTION + "\tFAILED");
      Await.stable(aws, "shop");
      assertThat(site.containers()).isEqualTo(green);
    }
  }

  private static Shell newest(Site site) throws Exception {
    Shell aws = site.aws.newest();
    Shell.Result known =
        aws.run("ecs", "continue-service-deployment", "--generate-cli-skeleton", "input");
    assumeTrue(known.status() == 0, "the AWS CLI knows lifecycle hooks");
    return aws;
  }

  private static void role(Shell aws) throws Exception {
    String statement = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",";
    aws.ok(
        words(
            "iam create-role --role-name hooks --assume-role-policy-document",
            statement
                + "\"Principal\":{\"Service\":\"ecs.amazonaws.com\"},"
                + "\"Action\":\"sts:AssumeRole\"}]}"));
    aws.ok(
        words(
            "iam put-role-policy --role-name hooks --policy-name ask --policy-document",
            statement
                + "\"Action\":\"lambda:InvokeFunction\",\"Resource\":\""
                + FUNCTION
                + "\"}]}"));
  }

  private static void register(Shell aws, String command) throws Exception {
    aws.ok(
        words(
            "ecs register-task-definition --family web --container-definitions",
            Site.container(command)));
  }

  private static void update(Shell aws, String stages) throws Exception {
    aws.ok(
        words(
            "ecs update-service --service shop --task-definition web --deployment-configuration",
            "{\"strategy\":\"BLUE_GREEN\",\"bakeTimeInMinutes\":0,\"lifecycleHooks\":[{"
                + "\"targetType\":\"AWS_LAMBDA\",\"hookTargetArn\":\""
                + FUNCTION
                + "\",\"roleArn\":\""
                + ROLE
                + "\",\"lifecycleStages\":[\""
                + stages
                + "\"],\"hookDetails\":{\"bucket\":\"b\"}}]}"));
  }

  private static String deployment(Shell aws, String what) throws Exception {
    String arn =
        aws.ok(
            words(
                "ecs describe-services --services shop --output text --query",
                "services[0].currentServiceDeployment"));
    return aws.ok(
        words(
            "ecs describe-service-deployments --output text --service-deployment-arns",
            arn,
            "--query",
            "serviceDeployments[0]." + what));
  }

  private static void until(Shell aws, String status) {
    Site.until("the deployment is " + status, () -> deployment(aws, "status").equals(status));
  }
}
