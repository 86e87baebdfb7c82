package dev.longshore.server.api;

import static dev.longshore.server.api.ServedExample.KEY;
import static dev.longshore.server.api.ServedExample.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.operation.Caller;
import dev.longshore.server.api.ServedExample.Draft;
import dev.longshore.shapes.Blob;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ecs.ClusterNotFoundException;
import dev.longshore.shapes.ecs.ConflictException;
import dev.longshore.shapes.ecs.ListClustersRequest;
import dev.longshore.shapes.ecs.ListClustersResponse;
import dev.longshore.wire.signature.Credentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiTest {
  private ServedExample served;

  @BeforeEach
  void start() throws IOException {
    served = new ServedExample(this::call);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private CompletionStage<? extends Shape> call(
      OperationModel operation, Shape input, Caller caller) {
    return switch (operation.name()) {
      case "ListClusters" -> CompletableFuture.completedFuture(listed(input, caller));
      case "DeleteCluster" -> throw new ClusterNotFoundException("Cluster not found.");
      case "RunTask" ->
          CompletableFuture.failedFuture(
              ConflictException.builder().message("twice").resourceIds(List.of("a", "b")).build());
      case "StopTask" -> throw new IllegalStateException("secret detail");
      case "StartTask" -> CompletableFuture.failedFuture(new IOException("secret detail"));
      default ->
          CompletableFuture.supplyAsync(
              () -> operation.output().builder().build(),
              Executors.newVirtualThreadPerTaskExecutor());
    };
  }

  private static Shape listed(Shape input, Caller caller) {
    var request = (ListClustersRequest) input;
    return ListClustersResponse.builder()
        .clusterArns(List.of(caller.arn()))
        .nextToken(request.nextToken())
        .build();
  }

  private HttpResponse<String> call(String operation, String body) throws Exception {
    return served.call(operation, body, Draft::signed);
  }

  private HttpResponse<String> list(UnaryOperator<Draft> change) throws Exception {
    return served.call("ListClusters", "{}", change);
  }

  private static void assertError(
      HttpResponse<String> answer, int status, String type, String message) {
    assertThat(answer.body())
        .isEqualTo("{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).contains("application/x-amz-json-1.1");
    assertThat(answer.headers().firstValue("x-amzn-requestid").orElseThrow())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void a_signed_call_reaches_its_endpoint_with_its_caller(Version version) throws Exception {
    served.close();
    served = new ServedExample(this::call, ServedExample.authentication(), version);
    var answer = call("ListClusters", "{\"nextToken\":\"é\"}");
    assertThat(answer.body())
        .isEqualTo("{\"clusterArns\":[\"arn:aws:iam::123456789012:root\"],\"nextToken\":\"é\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(version);
    assertThat(answer.headers().firstValue("x-amzn-requestid")).isPresent();
    assertThat(answer.headers().firstValue("content-type")).contains("application/x-amz-json-1.1");
  }

  @Test
  void an_answer_that_comes_later_from_another_thread_is_sent_too() throws Exception {
    var answer = call("ListServices", "{}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{}");
  }

  @Test
  void a_body_beyond_what_the_event_loop_reads_is_read_elsewhere() throws Exception {
    String token = "x".repeat(1 << 20);
    assertThat(call("ListClusters", "{\"nextToken\":\"" + token + "\"}").body()).contains(token);
  }

  @Test
  void both_versions_of_the_json_protocol_are_answered_in_kind() throws Exception {
    for (String type : List.of("application/x-amz-json-1.0", "application/x-amz-json-1.1")) {
      var answer = list(d -> d.with("content-type", type + "; charset=utf-8").signed());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-type")).contains(type);
    }
  }

  @Test
  void an_empty_body_is_an_empty_request() throws Exception {
    assertThat(call("ListClusters", "").statusCode()).isEqualTo(200);
  }

  @Test
  void errors_of_the_api_keep_their_code_their_text_and_their_members() throws Exception {
    assertError(
        call("DeleteCluster", "{\"cluster\":\"a\"}"),
        400,
        "ClusterNotFoundException",
        "Cluster not found.");
    var conflict = call("RunTask", "{\"taskDefinition\":\"a\"}");
    assertThat(conflict.statusCode()).isEqualTo(400);
    assertThat(conflict.body())
        .isEqualTo(
            "{\"__type\":\"ConflictException\",\"resourceIds\":[\"a\",\"b\"],"
                + "\"message\":\"twice\"}");
  }

  @Test
  void a_fault_of_ours_shows_nothing_of_the_inside() throws Exception {
    for (String operation : List.of("StopTask", "StartTask")) {
      assertError(
          call(operation, "{\"task\":\"a\",\"taskDefinition\":\"a\",\"containerInstances\":[]}"),
          500,
          "ServerException",
          "The request failed because of an unknown error. Its id stands in the log.");
    }
  }

  @Test
  void an_unsigned_call_misses_its_token() throws Exception {
    assertError(
        list(d -> d), 400, "MissingAuthenticationTokenException", "Missing Authentication Token");
  }

  @Test
  void bad_signatures_are_told_apart() throws Exception {
    assertError(
        list(d -> d.with("authorization", "Bearer abc")),
        400,
        "IncompleteSignatureException",
        "'abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer"
            + " abc'.");
    assertError(
        list(d -> d.signed(Credentials.of("AKIAUNKNOWN000000001", "secret"), NOW, "ecs")),
        400,
        "UnrecognizedClientException",
        "The security token included in the request is invalid.");
    assertError(
        list(d -> d.signed(KEY, NOW.minusSeconds(360), "ecs")),
        400,
        "InvalidSignatureException",
        "Signature expired: 20260803T104400Z is now earlier than 20260803T104500Z"
            + " (20260803T105000Z - 5 min.)");
    assertError(
        list(d -> d.signed(KEY, NOW.plusSeconds(360), "ecs")),
        400,
        "InvalidSignatureException",
        "Signature not yet current: 20260803T105600Z is still later than 20260803T105500Z"
            + " (20260803T105000Z + 5 min.)");
    assertError(
        list(d -> d.signed(KEY, NOW, "ec2")),
        400,
        "InvalidSignatureException",
        "Credential should be scoped to correct service: 'ecs'.");
  }

  @Test
  void a_wrong_secret_or_a_tampered_body_does_not_match() throws Exception {
    for (UnaryOperator<Draft> change :
        List.<UnaryOperator<Draft>>of(
            d -> d.signed(Credentials.of(KEY.accessKeyId(), "wrong"), NOW, "ecs"),
            d -> d.signed().withBody("{ }".getBytes(UTF_8)))) {
      var answer = list(change);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body())
          .startsWith(
              "{\"__type\":\"InvalidSignatureException\",\"message\":\"The request signature we"
                  + " calculated does not match the signature you provided. Check your AWS Secret"
                  + " Access Key and signing method. Consult the service documentation for"
                  + " details.\\n\\nThe Canonical String for this request should have"
                  + " been\\n'POST");
    }
  }

  @Test
  void what_names_no_operation_is_an_unknown_operation() throws Exception {
    Map<String, UnaryOperator<Draft>> changes =
        Map.of(
            "The request names no operation: it has no X-Amz-Target header.",
            d -> d.without("x-amz-target"),
            "Unknown operation: AmazonEC2ContainerServiceV20141113.Fly",
            d -> d.with("x-amz-target", "AmazonEC2ContainerServiceV20141113.Fly"),
            "Unknown operation: Elsewhere.ListClusters",
            d -> d.with("x-amz-target", "Elsewhere.ListClusters"),
            "Unknown operation: ListClusters",
            d -> d.with("x-amz-target", "ListClusters"),
            "Operations are not called with content type text/plain here.",
            d -> d.with("content-type", "text/plain"),
            "Operations are not called with content type null here.",
            d -> d.without("content-type"),
            "Operations of this protocol are called by POST, not by PUT",
            d -> d.withMethod("PUT"));
    for (var change : changes.entrySet()) {
      assertError(
          list(d -> change.getValue().apply(d).signed()),
          400,
          "UnknownOperationException",
          change.getKey());
    }
  }

  @Test
  void an_operation_that_is_not_built_is_named() throws Exception {
    assertError(
        call("CreateDaemon", "{}"),
        400,
        "UnsupportedFeatureException",
        "Longshore does not support CreateDaemon yet.");
  }

  @Test
  void what_is_no_json_is_a_serialization_fault() throws Exception {
    for (String body :
        List.of("{", "[]", "null", "nonsense", "{\"a\":1}x", "{\"a\" 1}", "\u0000", "\"a\"")) {
      var answer = call("ListClusters", body);
      assertThat(answer.body()).as(body).startsWith("{\"__type\":\"SerializationException\"");
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
    }
    assertThat(call("ListClusters", "{\"a\":".repeat(10_000)).body())
        .startsWith("{\"__type\":\"SerializationException\"");
  }

  @Test
  void broken_constraints_are_invalid_parameters_for_ecs() throws Exception {
    assertError(
        call("DeregisterTaskDefinition", "{}"),
        400,
        "InvalidParameterException",
        "1 validation error detected: Value null at 'taskDefinition' failed to satisfy constraint:"
            + " Member must not be null");
    assertError(
        call("RunTask", "{\"taskDefinition\":\"a\",\"launchType\":\"MOON\"}"),
        400,
        "ClientException",
        "launch type should be one of [EC2,FARGATE,EXTERNAL]");
    assertError(
        call("UpdateContainerInstancesState", "{\"containerInstances\":[],\"status\":\"MOON\"}"),
        400,
        "InvalidParameterException",
        "Container instance status should be one of [ACTIVE, DRAINING]");
  }

  @Test
  void a_compressed_body_is_signed_as_sent_and_read_as_meant() throws Exception {
    byte[] json = "{\"nextToken\":\"compressed\"}".getBytes(UTF_8);
    var answer = list(d -> d.with("content-encoding", "gzip").withBody(gzip(json)).signed());
    assertThat(answer.body()).contains("compressed");
    byte[] corrupt = gzip(json);
    corrupt[15] ^= 1;
    var refused = list(d -> d.with("content-encoding", "gzip").withBody(corrupt).signed());
    assertThat(refused.body()).startsWith("{\"__type\":\"SerializationException\"");
    assertError(
        list(d -> d.with("content-encoding", "br").signed()),
        400,
        "SerializationException",
        "Unsupported content encoding");
  }

  @Test
  void a_body_that_inflates_beyond_the_limit_is_too_large() throws Exception {
    byte[] bomb = gzip(new byte[64 << 20]);
    assertThat(bomb.length).isLessThan(100_000);
    assertError(
        list(d -> d.with("content-encoding", "gzip").withBody(bomb).signed()),
        413,
        "RequestEntityTooLargeException",
        "The request body is larger than 4194304 bytes.");
  }

  private static byte[] gzip(byte[] plain) {
    var compressed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(compressed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new IllegalStateException("Memory does not fail.", e);
    }
    return compressed.toByteArray();
  }

  @Test
  void health_needs_no_signature() throws Exception {
    var answer = served.send(new Draft("GET", Api.HEALTH, Map.of(), Blob.EMPTY));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"ready\"}");
  }

  @Test
  void with_authentication_off_everyone_is_the_given_caller() throws Exception {
    served.close();
    served =
        new ServedExample(
            this::call, Authentication.off(Caller.root("210987654321")), Version.HTTP_1_1);
    assertThat(list(d -> d).body()).contains("arn:aws:iam::210987654321:root");
    var wrong = Objects.requireNonNull(Credentials.of("AKIAUNKNOWN000000001", "wrong"));
    assertThat(list(d -> d.signed(wrong, NOW, "ec2")).statusCode()).isEqualTo(200);
  }

  @Test
  void with_authentication_off_bodies_in_signed_chunks_are_read_all_the_same() throws Exception {
    served.close();
    served =
        new ServedExample(
            this::call, Authentication.off(Caller.root("123456789012")), Version.HTTP_1_1);
    String chunks = "2;chunk-signature=any\r\n{}\r\n0;chunk-signature=any\r\n\r\n";
    assertThat(chunked(chunks, "2").statusCode()).isEqualTo(200);
    assertError(
        chunked(chunks, "3"),
        400,
        "IncompleteSignatureException",
        "You did not provide the number of bytes specified by the x-amz-decoded-content-length"
            + " header.");
    assertError(
        chunked(chunks, "some"),
        400,
        "IncompleteSignatureException",
        "Missing required header for this request: x-amz-decoded-content-length");
  }

  private HttpResponse<String> chunked(String body, String length) throws Exception {
    return list(d ->
        d.with("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
            .with("x-amz-decoded-content-length", length)
            .withBody(body.getBytes(UTF_8)));
  }
}
