package dev.longshore.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Place;
import dev.longshore.server.api.ServedApi;
import dev.longshore.server.identity.RoleSessions;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.longshore.Longshore;
import dev.longshore.shapes.longshore.Preview;
import dev.longshore.wire.signature.Credentials;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Longshore's own API is behind the same door as AWS's. */
class PreviewsTest {
  private static final String REQUEST = "{\"request\":{\"taskDefinition\":\"app\"}}";

  private static final Shape NOTHING = Preview.builder().build();

  private static HttpResponse<String> call(URI endpoint, Credentials keys, String service)
      throws Exception {
    Map<String, String> headers = new TreeMap<>();
    headers.put("host", endpoint.getAuthority());
    headers.put("content-type", "application/x-amz-json-1.1");
    headers.put("x-amz-target", "Longshore_20261101.PreviewTask");
    SignableRequest signable =
        new SignableRequest("POST", "/", "", headers::get, REQUEST.getBytes(UTF_8));
    headers.putAll(
        new Signer(keys, "us-east-1", service)
            .sign(signable, List.copyOf(headers.keySet()), Instant.now()));
    headers.remove("host");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .POST(HttpRequest.BodyPublishers.ofString(REQUEST));
    headers.forEach(request::setHeader);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void only_the_root_user_may_ask_and_only_with_a_signature_for_it(@TempDir Path data)
      throws Exception {
    try (ControlPlane controlPlane =
        ControlPlane.start(
            ControlPlaneSettings.local(data, 0).withSimulatedInstances(1),
            halt -> {
              throw new AssertionError(halt);
            })) {
      controlPlane
          .when(state -> state.count(ContainerInstance.KIND) == 1)
          .get(30, TimeUnit.SECONDS);
      URI endpoint = controlPlane.endpoint();
      Credentials root = controlPlane.rootKeys();
      // The caller passes the door and meets the question's own fault.
      assertThat(call(endpoint, root, "longshore").body())
          .contains("ClientException", "TaskDefinition not found.");
      assertThat(call(endpoint, root, "ecs").body()).contains("InvalidSignatureException");
      Place place = new Place("aws", "us-east-1", "123456789012");
      Credentials role =
          new RoleSessions(SessionKey.of(data), place)
              .issue(
                  "arn:aws:sts::123456789012:assumed-role/shop/task",
                  new Caller.Session("AROASHOP", Instant.now(), List.of(), List.of()),
                  Instant.now().plus(Duration.ofHours(1)));
      HttpResponse<String> denied = call(endpoint, role, "longshore");
      assertThat(denied.statusCode()).isEqualTo(400);
      assertThat(denied.body())
          .contains("AccessDeniedException", "is not authorized to perform: longshore:PreviewTask");
      assertThat(call(endpoint, Credentials.of("AKIAUNKNOWN000000000", "no"), "longshore").body())
          .contains("UnrecognizedClientException");
    }
  }

  @Test
  void one_is_answered_at_a_time_and_of_those_that_wait_not_more_than_a_few() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CompletableFuture<Boolean> release = new CompletableFuture<>();
    List<String> threads = new ArrayList<>();
    ServedApi slow =
        new ServedApi(
            Longshore.MODEL,
            operation -> true,
            (operation, input, caller) -> {
              threads.add(Thread.currentThread().getName());
              entered.countDown();
              release.join();
              return CompletableFuture.completedFuture(NOTHING);
            });
    OperationModel operation = Objects.requireNonNull(Longshore.MODEL.operation("PreviewTask"));
    Caller root = Caller.root("123456789012");
    List<CompletionStage<? extends Shape>> answers = new ArrayList<>();
    try (Previews previews = new Previews(slow)) {
      answers.add(previews.call(operation, NOTHING, root));
      entered.await();
      for (int waiting = 0; waiting < 16; waiting++) {
        answers.add(previews.call(operation, NOTHING, root));
      }
      assertThatThrownBy(() -> previews.call(operation, NOTHING, root))
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("too many previews are waiting");
      release.complete(true);
      for (CompletionStage<? extends Shape> answer : answers) {
        answer.toCompletableFuture().get(30, TimeUnit.SECONDS);
      }
    }
    assertThat(threads).hasSize(17).containsOnly("previews");
  }
}
