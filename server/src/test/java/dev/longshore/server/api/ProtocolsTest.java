package dev.longshore.server.api;

import static dev.longshore.server.api.ServedExample.KEY;
import static dev.longshore.server.api.ServedExample.NOW;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.operation.Caller;
import dev.longshore.server.api.ServedExample.Draft;
import dev.longshore.shapes.Blob;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ServiceModel;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.Structure;
import dev.longshore.shapes.ecs.Ecs;
import dev.longshore.shapes.sts.GetCallerIdentityResponse;
import dev.longshore.shapes.sts.Sts;
import dev.longshore.wire.signature.Credentials;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One port for services of several protocols: each request finds its own. */
class ProtocolsTest {
  private static final String IDENTITY = "Action=GetCallerIdentity&Version=2011-06-15";

  /** A service of paths; its one operation has neither input nor output. */
  private static final ServiceModel REST =
      new ServiceModel(
          "Rest",
          "2026-01-01",
          "rest",
          "rest",
          "",
          "",
          false,
          List.of(Protocol.REST_JSON_1),
          ServiceModel.operations(
              OperationModel.of("GetThing", id -> Structure.EMPTY, -1, -1)
                  .at("GET", "/things/{Id}", 200)));

  private ServedExample served;

  @BeforeEach
  void start() throws IOException {
    served = serve(ServedExample.authentication());
  }

  private ServedExample serve(Authentication authentication) throws IOException {
    return new ServedExample(
        List.of(
            new ServedApi(Ecs.MODEL, operation -> true, this::call),
            new ServedApi(Sts.MODEL, operation -> true, this::call),
            new ServedApi(REST, operation -> true, this::call)),
        authentication,
        Version.HTTP_1_1);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private CompletionStage<? extends Shape> call(
      OperationModel operation, Shape input, Caller caller) {
    return CompletableFuture.completedFuture(
        operation.name().equals("GetCallerIdentity")
            ? GetCallerIdentityResponse.builder().arn(caller.arn()).build()
            : operation.output().builder().build());
  }

  private Draft form(String parameters) {
    return new Draft(
        "POST",
        "/",
        Map.of("host", served.host(), "content-type", "application/x-www-form-urlencoded"),
        Blob.ofUtf8(parameters));
  }

  private Draft get(String target) {
    return new Draft("GET", target, Map.of("host", served.host()), Blob.EMPTY);
  }

  private static void assertXmlError(
      HttpResponse<String> answer, int status, String code, String message) {
    assertThat(answer.body())
        .contains("<Code>" + code + "</Code><Message>" + message + "</Message>")
        .contains("<RequestId>" + answer.headers().firstValue("x-amzn-requestid").orElseThrow());
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).contains("text/xml");
  }

  @Test
  void a_form_is_answered_in_xml_whether_it_stands_in_the_body_or_in_the_query() throws Exception {
    for (Draft draft :
        List.of(
            form(IDENTITY).signed(KEY, NOW, "sts"),
            get("/?" + IDENTITY).signed(KEY, NOW, "sts"),
            get("/?" + IDENTITY).presigned(KEY, NOW, "sts"))) {
      var answer = served.send(draft);
      assertThat(answer.body())
          .contains("<GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:root</Arn>");
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void query_services_have_codes_and_statuses_of_their_own() throws Exception {
    assertXmlError(
        served.send(form(IDENTITY)),
        403,
        "MissingAuthenticationToken",
        "Request is missing Authentication Token");
    assertXmlError(
        served.send(form(IDENTITY).signed(Credentials.of("AKIAUNKNOWN", "x"), NOW, "sts")),
        403,
        "InvalidClientTokenId",
        "The security token included in the request is invalid.");
    assertXmlError(
        served.send(form(IDENTITY).signed(Credentials.of(KEY.accessKeyId(), "x"), NOW, "sts")),
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.");
    assertXmlError(
        served.send(get("/?" + IDENTITY).presigned(KEY, NOW.minusSeconds(61), "sts")),
        400,
        "RequestExpired",
        "Request has expired.");
    assertXmlError(
        served.send(form("Action=Fly&Version=2011-06-15").signed(KEY, NOW, "sts")),
        400,
        "InvalidAction",
        "Could not find operation Fly for version 2011-06-15");
    var broken = served.send(form("Action=GetAccessKeyInfo").signed(KEY, NOW, "sts"));
    assertThat(broken.body()).contains("<Code>ValidationError</Code>", "accessKeyId");
    assertThat(broken.statusCode()).isEqualTo(400);
  }

  @Test
  void a_path_finds_its_operation() throws Exception {
    var answer = served.send(get("/things/one").signed(KEY, NOW, "rest"));
    assertThat(answer.statusCode()).isEqualTo(200);
    var unknown = served.send(get("/elsewhere").signed(KEY, NOW, "rest"));
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.headers().firstValue("x-amzn-errortype"))
        .contains("UnknownOperationException");
    var wrong = served.send(get("/things/one").signed(KEY, NOW.plusSeconds(900), "rest"));
    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(wrong.headers().firstValue("x-amzn-errortype"))
        .contains("InvalidSignatureException");
  }

  @Test
  void a_service_that_is_not_here_is_an_unknown_operation() throws Exception {
    var answer = served.send(form("Action=ListUsers").signed(KEY, NOW, "iam"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("<Code>UnknownOperationException</Code>");
  }

  @Test
  void unsigned_requests_find_their_service_by_what_they_ask_for() throws Exception {
    served.close();
    served = serve(Authentication.off(Caller.root("123456789012")));
    assertThat(served.send(form(IDENTITY)).body()).contains("<GetCallerIdentityResult>");
    assertThat(served.send(get("/things/one")).statusCode()).isEqualTo(200);
    assertThat(served.send(served.draft("ListClusters", "{}")).body()).isEqualTo("{}");
  }

  @Test
  void five_thousand_mutated_forms_are_never_answered_with_500() throws Exception {
    served.close();
    served = serve(Authentication.off(Caller.root("123456789012")));
    var random = new Random(3);
    var operations = List.copyOf(Sts.MODEL.operations().values());
    for (int i = 0; i < 5_000; i++) {
      OperationModel operation = operations.get(random.nextInt(operations.size()));
      var form = new StringBuilder("Version=2011-06-15&Action=" + operation.name());
      for (var member : operation.input().members()) {
        form.append('&')
            .append(member.name())
            .append(
                List.of("", ".member.1", ".entry.1.key", ".1", ".member.999999999", ".")
                    .get(random.nextInt(6)));
        form.append('=')
            .append(List.of("", "x", "%", "%zz", "-1", "1e9", "%00", "+").get(random.nextInt(8)));
      }
      byte[] octets = form.toString().getBytes(UTF_8);
      if (random.nextBoolean()) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
      }
      var answer = served.send(form("").withBody(octets));
      assertThat(answer.statusCode())
          .as("case %d: %s: %s", i, new String(octets, ISO_8859_1), answer.body())
          .isIn(200, 400, 404);
    }
  }
}
