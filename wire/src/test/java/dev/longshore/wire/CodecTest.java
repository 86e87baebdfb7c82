package dev.longshore.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longshore.shapes.Bounds;
import dev.longshore.shapes.Kind;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ScalarType;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.ServiceModel;
import dev.longshore.shapes.TimestampFormat;
import dev.longshore.shapes.ecs.ConflictException;
import dev.longshore.shapes.ecs.DescribeClustersRequest;
import dev.longshore.shapes.ecs.Ecs;
import dev.longshore.shapes.sts.AssumeRoleRequest;
import dev.longshore.shapes.sts.AssumeRoleResponse;
import dev.longshore.shapes.sts.Credentials;
import dev.longshore.shapes.sts.ExpiredTokenException;
import dev.longshore.shapes.sts.PolicyDescriptorType;
import dev.longshore.shapes.sts.Sts;
import dev.longshore.shapes.sts.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CodecTest {
  private static final Codec ECS = Codec.of(Ecs.MODEL, Protocol.AWS_JSON_1_1);
  private static final Codec STS = Codec.of(Sts.MODEL, Protocol.AWS_QUERY);

  @Test
  void json_finds_the_operation_in_its_target_header() {
    var request = json("AmazonEC2ContainerServiceV20141113.DescribeClusters", "{\"clusters\":[]}");
    var operation = ECS.operation(request);
    assertThat(operation.name()).isEqualTo("DescribeClusters");
    assertThat(ECS.readRequest(operation, request))
        .isEqualTo(DescribeClustersRequest.builder().clusters(List.of()).build());
  }

  @ParameterizedTest
  @CsvSource({"Other.DescribeClusters", "AmazonEC2ContainerServiceV20141113.Fly", "x"})
  void json_does_not_know_other_targets(String target) {
    var error = failure(() -> ECS.operation(json(target, "{}")));
    assertThat(error.code()).isEqualTo("UnknownOperationException");
    assertThat(text(ECS.writeError(error, "id")))
        .isEqualTo("{\"__type\":\"UnknownOperationException\"}");
  }

  @Test
  void json_errors_have_their_type_and_all_their_members() {
    var error = ConflictException.builder().message("m").resourceIds(List.of("a")).build();
    var response = ECS.writeError(error, "id-1");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.headers().first("X-Amzn-RequestId")).isEqualTo("id-1");
    assertThat(response.headers().first("content-type")).isEqualTo("application/x-amz-json-1.1");
    assertThat(text(response))
        .isEqualTo("{\"__type\":\"ConflictException\",\"resourceIds\":[\"a\"],\"message\":\"m\"}");
  }

  @Test
  void query_reads_nested_parameters_from_body_and_query_string() {
    var request =
        form(
            "Action=AssumeRole",
            "Version=2011-06-15&RoleArn=arn%3Aaws&DurationSeconds=900"
                + "&PolicyArns.member.2.arn=second&PolicyArns.member.1.arn=first"
                + "&Tags.member.1.Key=team&Tags.member.1.Value=a+b%26c&Unknown.1=x");
    var operation = STS.operation(request);
    assertThat(STS.readRequest(operation, request))
        .isEqualTo(
            AssumeRoleRequest.builder()
                .roleArn("arn:aws")
                .durationSeconds(900)
                .policyArns(
                    List.of(
                        PolicyDescriptorType.builder().arn("first").build(),
                        PolicyDescriptorType.builder().arn("second").build()))
                .tags(List.of(Tag.builder().key("team").value("a b&c").build()))
                .build());
  }

  @Test
  void query_answers_xml_in_the_namespace_of_the_service() {
    var output =
        AssumeRoleResponse.builder()
            .credentials(
                Credentials.builder()
                    .accessKeyId("<&>\"\u0001")
                    .expiration(Instant.parse("2026-11-21T10:00:00Z"))
                    .build())
            .packedPolicySize(3)
            .build();
    var operation = Objects.requireNonNull(Sts.MODEL.operation("AssumeRole"));
    assertThat(text(STS.writeResponse(operation, output, "id-1")))
        .isEqualTo(
            "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                + "<AssumeRoleResult><Credentials>"
                + "<AccessKeyId>&lt;&amp;&gt;&quot;\uFFFD</AccessKeyId>"
                + "<Expiration>2026-11-21T10:00:00Z</Expiration></Credentials>"
                + "<PackedPolicySize>3</PackedPolicySize></AssumeRoleResult>"
                + "<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata>"
                + "</AssumeRoleResponse>");
  }

  @Test
  void query_errors_name_the_one_to_blame() {
    var response = STS.writeError(new ExpiredTokenException("too late"), "id-1");
    assertThat(response.status()).isEqualTo(400);
    assertThat(text(response))
        .isEqualTo(
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>"
                + "<Type>Sender</Type><Code>ExpiredTokenException</Code>"
                + "<Message>too late</Message></Error><RequestId>id-1</RequestId></ErrorResponse>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Version=1                   | MissingAction | The request must contain the parameter \
          Action
          Action=Fly                  | InvalidAction | Could not find operation Fly for version \
          2011-06-15
          Action=AssumeRole&Version=1 | InvalidAction | Could not find operation AssumeRole for \
          version 1
          """)
  void query_does_not_know_other_actions(String body, String code, String message) {
    var error = failure(() -> STS.operation(form("", body)));
    assertThat(error.code()).isEqualTo(code);
    assertThat(error).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DurationSeconds=abc   | STRING_VALUE can not be converted to an Integer
          DurationSeconds=1.5   | STRING_VALUE can not be converted to an Integer
          DurationSeconds=      | STRING_VALUE can not be converted to an Integer
          """)
  void query_refuses_values_of_the_wrong_type(String parameter, String message) {
    var request = form("", "Action=AssumeRole&" + parameter);
    var error = failure(() -> STS.readRequest(STS.operation(request), request));
    assertThat(error.code()).isEqualTo("MalformedInput");
    assertThat(error).hasMessage(message);
  }

  @Test
  void parameters_that_are_too_deep_too_many_or_badly_encoded_are_refused() {
    for (var body :
        List.of("a" + ".a".repeat(1000) + "=1", "a=1&".repeat(100_000), "Action=%zz", "a=%")) {
      var error = failure(() -> STS.operation(form("", body)));
      assertThat(error.code()).isEqualTo("MalformedQueryString");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-amz-json-1.0, , AWS_JSON_1_0",
    "application/x-www-form-urlencoded; charset=utf-8, , AWS_QUERY",
    "application/cbor, rpc-v2-cbor, RPC_V2_CBOR",
    "application/x-amz-json-1.1, , RPC_V2_CBOR"
  })
  void a_service_with_several_protocols_is_spoken_to_in_the_one_of_the_request(
      String contentType, String smithyProtocol, Protocol expected) {
    var model =
        new ServiceModel(
            "S",
            "1",
            "s",
            "s",
            "",
            "",
            true,
            List.of(Protocol.RPC_V2_CBOR, Protocol.AWS_JSON_1_0, Protocol.AWS_QUERY),
            Map.of());
    var headers =
        smithyProtocol == null
            ? WireHeaders.of("Content-Type", contentType)
            : WireHeaders.of("Content-Type", contentType, "Smithy-Protocol", smithyProtocol);
    var request = new WireRequest("POST", "/", "", headers, new byte[0]);
    assertThat(Codec.protocolOf(model, request)).isEqualTo(expected);
  }

  @Test
  void xml_that_refers_to_entities_or_nests_deeply_is_refused() {
    var bomb = "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>";
    var file = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>";
    for (var xml : List.of(bomb, file, "<a>".repeat(100_000), "<a></b>", "", "x")) {
      var error =
          catchThrowableOfType(
              IllegalArgumentException.class, () -> XmlNode.parse(xml.getBytes(UTF_8)));
      assertThat(error).as(xml).isNotNull();
    }
  }

  @Test
  void the_route_that_says_more_about_a_path_is_taken() {
    var service =
        new ServiceModel(
            "S",
            "1",
            "s",
            "s",
            "",
            "",
            false,
            List.of(Protocol.REST_JSON_1),
            ServiceModel.operations(
                route("Get", "GET", "/things/{Name}"),
                route("Special", "GET", "/things/special"),
                route("Rest", "GET", "/things/{Rest+}"),
                route("Versions", "GET", "/things/{Name}?versions"),
                route("Delete", "DELETE", "/things/{Name}")));
    var codec = Codec.of(service, Protocol.REST_JSON_1);
    assertThat(taken(codec, "GET", "/things/a%2Fb", "")).isEqualTo("Get");
    assertThat(taken(codec, "GET", "/things/special", "")).isEqualTo("Special");
    assertThat(taken(codec, "GET", "/things/a/b", "")).isEqualTo("Rest");
    assertThat(taken(codec, "GET", "/things/a", "versions")).isEqualTo("Versions");
    assertThat(taken(codec, "DELETE", "/things/a", "")).isEqualTo("Delete");
    for (var path : List.of("/things", "/things/", "/", "/other/a", "/things/%zz")) {
      assertThat(failure(() -> taken(codec, "GET", path, "")).httpStatus()).isIn(400, 404);
    }
  }

  @Test
  void numbers_in_texts_are_plain_decimals() {
    var type = ScalarType.of("D", Kind.DOUBLE);
    var member = Member.of(0, "d", type.within(Bounds.NONE));
    var format = TimestampFormat.DATE_TIME;
    assertThat(ScalarText.parse(member, "-1.5e3", format)).isEqualTo(-1500.0);
    for (var text : List.of("1d", "0x1p3", "", ".", "1e", "9".repeat(1_000_000) + "x")) {
      assertThat(
              catchThrowableOfType(
                  IllegalArgumentException.class, () -> ScalarText.parse(member, text, format)))
          .hasMessage("STRING_VALUE can not be converted to a Double");
    }
  }

  private static OperationModel route(String name, String method, String uri) {
    return OperationModel.of(
            name,
            id -> {
              throw new IndexOutOfBoundsException(id);
            },
            -1,
            -1)
        .at(method, uri, 200);
  }

  private static String taken(Codec codec, String method, String path, String query) {
    var request = new WireRequest(method, path, query, WireHeaders.NONE, new byte[0]);
    return codec.operation(request).name();
  }

  private static WireRequest json(String target, String body) {
    var headers = WireHeaders.of("X-Amz-Target", target);
    return new WireRequest("POST", "/", "", headers, body.getBytes(UTF_8));
  }

  private static WireRequest form(String query, String body) {
    return new WireRequest("POST", "/", query, WireHeaders.NONE, body.getBytes(UTF_8));
  }

  private static String text(WireResponse response) {
    return new String(response.body(), UTF_8);
  }

  private static ServiceException failure(Runnable call) {
    return catchThrowableOfType(ServiceException.class, call::run);
  }
}
