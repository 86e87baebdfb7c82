package dev.longshore.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretRotation;
import dev.longshore.server.function.RunningFunction;
import dev.longshore.wire.json.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole control plane whose secrets a function rotates that the test plays. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit fills in before any test runs.
class SecretRotationTest {
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:rotate";
  private static final String TOKEN = "11111111-1111-1111-1111-111111111111";

  @TempDir private Path data;
  private RunningFunction function;
  private ControlPlane controlPlane;
  private HttpClient client;

  @BeforeEach
  void start() throws Exception {
    client = HttpClient.newHttpClient();
    function = new RunningFunction();
    open();
  }

  private void open() throws Exception {
    controlPlane =
        ControlPlane.start(
            ControlPlaneSettings.local(data, 0)
                .withAuthentication(false)
                .withFunctions(function.address()),
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

  /** Calls an action of Secrets Manager; apostrophes stand for quotation marks. */
  private Json call(String action, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(controlPlane.endpoint().resolve("/"))
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", "secretsmanager." + action)
            .POST(BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.parse(answer.body());
  }

  /** Waits until the function is asked for that step. */
  private Json asked(String step) throws Exception {
    RunningFunction.Asked asked = function.asked();
    assertThat(asked.path())
        .isEqualTo("/2015-03-31/functions/" + FUNCTION.replace(":", "%3A") + "/invocations");
    Json event = Json.parse(asked.body());
    assertThat(event.at("Step").text()).isEqualTo(step);
    assertThat(event.at("ClientRequestToken").text()).isEqualTo(TOKEN);
    return event;
  }

  private String rotate() throws Exception {
    String version =
        call("CreateSecret", "{'Name':'db','SecretString':'one'}").at("VersionId").text();
    call(
        "RotateSecret",
        "{'SecretId':'db','ClientRequestToken':'"
            + TOKEN
            + "','RotationLambdaARN':'"
            + FUNCTION
            + "','RotationRules':{'ScheduleExpression':'rate(7 days)'}}");
    return version;
  }

  private static boolean isDone(@Nullable SecretRotation rotation) {
    return rotation != null && rotation.run() == null;
  }

  @Test
  void a_function_rotates_a_secret_in_four_steps() throws Exception {
    String before = rotate();
    String id = asked("createSecret").at("SecretId").text();
    call(
        "PutSecretValue",
        "{'SecretId':'"
            + id
            + "','ClientRequestToken':'"
            + TOKEN
            + "','SecretString':'two','VersionStages':['AWSPENDING']}");
    function.answer(200, "", "null");
    asked("setSecret");
    // The control plane ends in the middle of a step; the next one asks for it again.
    controlPlane.close();
    function.answer(200, "", "");
    open();
    asked("setSecret");
    function.answer(200, "", "null");
    asked("testSecret");
    function.answer(200, "", "\"done\"");
    asked("finishSecret");
    call(
        "UpdateSecretVersionStage",
        "{'SecretId':'db','VersionStage':'AWSCURRENT','MoveToVersionId':'"
            + TOKEN
            + "','RemoveFromVersionId':'"
            + before
            + "'}");
    function.answer(200, "", "null");
    controlPlane
        .when(state -> {
          Secret secret = state.find(Secret.KIND, "db");
          return secret != null && isDone(secret.rotation());
        })
        .get(30, TimeUnit.SECONDS);
    assertThat(call("GetSecretValue", "{'SecretId':'db'}").at("SecretString").text())
        .isEqualTo("two");
    Json described = call("DescribeSecret", "{'SecretId':'db'}");
    assertThat(described.at("RotationEnabled").flag()).isTrue();
    assertThat(described.at("LastRotatedDate").isNull()).isFalse();
    assertThat(described.at("NextRotationDate").isNull()).isFalse();
  }

  @Test
  void a_function_that_fails_has_the_rotation_begin_anew_later() throws Exception {
    rotate();
    asked("createSecret");
    function.answer(200, "Unhandled", "{}");
    controlPlane
        .when(state -> {
          Secret secret = state.find(Secret.KIND, "db");
          SecretRotation rotation = secret == null ? null : secret.rotation();
          return rotation != null && rotation.run() != null && rotation.run().failures() == 1;
        })
        .get(30, TimeUnit.SECONDS);
    assertThat(call("GetSecretValue", "{'SecretId':'db'}").at("SecretString").text())
        .isEqualTo("one");
    assertThat(function.isAsked()).isFalse();
  }
}
