package dev.longshore.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.DeploymentStatus;
import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.state.State;
import dev.longshore.server.function.RunningFunction;
import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole control plane whose deployments ask a function that the test plays. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit fills in before any test runs.
class LifecycleHooksTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/hooks";
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:look";
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
       "Principal":{"Service":"ecs.amazonaws.com"}}]}\
      """;

  @TempDir private Path data;
  private RunningFunction function;
  private ControlPlane controlPlane;
  private HttpClient client;

  @BeforeEach
  void start() throws Exception {
    client = HttpClient.newHttpClient();
    function = new RunningFunction();
    open(function);
    iam("CreateRole", "RoleName=hooks&AssumeRolePolicyDocument=" + URLEncoder.encode(TRUST, UTF_8));
  }

  private void open(RunningFunction asked) throws IOException {
    controlPlane =
        ControlPlane.start(
            ControlPlaneSettings.local(data, 0)
                .withAuthentication(false)
                .withSimulatedInstances(1)
                .withFunctions(asked.address()),
            halt -> {
              throw new AssertionError(halt);
            });
  }

  @AfterEach
  void stop() {
    controlPlane.close();
    function.close();
    client.close();
  }

  private String send(String service, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            request
                .header(
                    "authorization",
                    "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/"
                        + service
                        + "/aws4_request, SignedHeaders=host, Signature=0")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private void iam(String action, String form) throws IOException, InterruptedException {
    String body = "Action=" + action + "&Version=2010-05-08&" + form;
    send(
        "iam",
        HttpRequest.newBuilder(controlPlane.endpoint().resolve("/"))
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Calls an action of ECS; apostrophes stand for quotation marks. */
  private Json ecs(String action, String body) throws IOException, InterruptedException {
    return Json.parse(
        send(
            "ecs",
            HttpRequest.newBuilder(controlPlane.endpoint().resolve("/"))
                .header("content-type", "application/x-amz-json-1.1")
                .header("x-amz-target", "AmazonEC2ContainerServiceV20141113." + action)
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))));
  }

  private void allow(String resource) throws IOException, InterruptedException {
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Action\":\"lambda:InvokeFunction\",\"Resource\":\""
            + resource
            + "\"}]}";
    iam(
        "PutRolePolicy",
        "RoleName=hooks&PolicyName=ask&PolicyDocument=" + URLEncoder.encode(policy, UTF_8));
  }

  /** Creates a service whose first deployment asks the function before anything is started. */
  private void create(String hook) throws IOException, InterruptedException {
    ecs(
        "RegisterTaskDefinition",
        "{'family':'web','containerDefinitions':[{'name':'app','image':'app','memory':32}]}");
    ecs(
        "CreateService",
        "{'serviceName':'shop','taskDefinition':'web','desiredCount':1,"
            + "'deploymentConfiguration':{'strategy':'BLUE_GREEN','bakeTimeInMinutes':0,"
            + "'lifecycleHooks':["
            + hook
            + "]}}");
  }

  private static String hook(String more) {
    return "{'hookTargetArn':'"
        + FUNCTION
        + "','roleArn':'"
        + ROLE
        + "','lifecycleStages':['PRE_SCALE_UP']"
        + more
        + '}';
  }

  private void until(DeploymentStatus status) throws Exception {
    controlPlane.when(committed -> is(committed, status)).get(60, TimeUnit.SECONDS);
  }

  private static boolean is(State committed, DeploymentStatus status) {
    for (ServiceDeployment row : committed.all(ServiceDeployment.KIND)) {
      return row.status() == status;
    }
    return false;
  }

  private String events() throws IOException, InterruptedException {
    return ecs("DescribeServices", "{'services':['shop']}")
        .at("services")
        .elements()
        .getFirst()
        .at("events")
        .write();
  }

  @Test
  void a_function_is_asked_with_its_roles_keys_until_it_lets_the_deployment_go_on()
      throws Exception {
    allow(FUNCTION);
    function
        .answer(
            "{'hookStatus':'IN_PROGRESS','callBackDelay':1,"
                + "'hookDetails':{'seen':1.5,'none':null}}")
        .answer("{'hookStatus':'SUCCEEDED'}");
    create(hook(",'hookDetails':{'bucket':'b','deep':[1,{'x':true}]}"));
    RunningFunction.Asked first = function.asked();
    assertThat(first.headers().getFirst("Authorization"))
        .contains("Credential=ASIA", "/us-east-1/lambda/aws4_request");
    assertThat(first.headers().getFirst("X-Amz-Security-Token")).isNotEmpty();
    Json payload = Json.parse(first.body());
    assertThat(payload.at("lifecycleStage").text()).isEqualTo("PRE_SCALE_UP");
    assertThat(payload.at("executionDetails", "serviceArn").text())
        .isEqualTo("arn:aws:ecs:us-east-1:123456789012:service/default/shop");
    assertThat(payload.at("hookDetails").write())
        .isEqualTo("{\"bucket\":\"b\",\"deep\":[1,{\"x\":true}]}");
    Json again = Json.parse(function.asked().body());
    assertThat(again.at("executionId")).isEqualTo(payload.at("executionId"));
    assertThat(again.at("hookDetails").write())
        .isEqualTo("{\"bucket\":\"b\",\"deep\":[1,{\"x\":true}],\"seen\":1.5,\"none\":null}");
    until(DeploymentStatus.SUCCESSFUL);
  }

  @Test
  void a_function_that_answers_an_empty_object_ends_the_deployment_after_it_was_reached()
      throws Exception {
    allow(FUNCTION);
    function.answer(503, "", "").answer("{}");
    create(hook(""));
    until(DeploymentStatus.STOPPED);
    assertThat(events())
        .contains("PRE_SCALE_UP lifecycle hook(s) failed. The function returned no valid");
    assertThat(function.asked().body()).isEqualTo(function.asked().body());
    assertThat(function.isAsked()).isFalse();
  }

  @Test
  void a_role_without_the_right_asks_nobody() throws Exception {
    allow(FUNCTION + "2");
    create(hook(""));
    until(DeploymentStatus.STOPPED);
    assertThat(events()).contains("is not authorized to perform: lambda:InvokeFunction");
    assertThat(function.isAsked()).isFalse();
  }

  @Test
  void after_a_restart_a_function_is_asked_again_for_the_same_execution() throws Exception {
    allow(FUNCTION);
    create(hook(""));
    Json before = Json.parse(function.asked().body());
    controlPlane.close();
    try (RunningFunction other = new RunningFunction()) {
      other.answer("{'hookStatus':'SUCCEEDED'}");
      open(other);
      assertThat(Json.parse(other.asked().body())).isEqualTo(before);
      until(DeploymentStatus.SUCCESSFUL);
    }
  }

  @Test
  void a_pause_survives_a_restart_too() throws Exception {
    create("{'targetType':'PAUSE','lifecycleStages':['PRE_SCALE_UP']}");
    controlPlane.close();
    open(function);
    String arn =
        ecs("ListServiceDeployments", "{'service':'shop'}")
            .at("serviceDeployments")
            .elements()
            .getFirst()
            .at("serviceDeploymentArn")
            .text();
    String described =
        ecs("DescribeServiceDeployments", "{'serviceDeploymentArns':['" + arn + "']}")
            .at("serviceDeployments")
            .elements()
            .getFirst()
            .at("lifecycleHookDetails")
            .elements()
            .getFirst()
            .at("hookId")
            .text();
    ecs(
        "ContinueServiceDeployment",
        "{'serviceDeploymentArn':'" + arn + "','hookId':'" + described + "'}");
    until(DeploymentStatus.SUCCESSFUL);
  }
}
