package dev.longshore.server.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Place;
import dev.longshore.core.service.FunctionCall;
import dev.longshore.server.api.Permissions;
import dev.longshore.server.identity.RoleSessions;
import dev.longshore.wire.signature.Credentials;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Verification;
import dev.longshore.wire.signature.Verifier;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit fills in before any test runs.
class FunctionEndpointTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:look:live";
  private static final Credentials KEYS = new Credentials("ASIAX", "secret", "token", null);

  private static final Place PLACE = new Place("aws", "us-east-1", "123456789012");

  private RunningFunction function;
  private FunctionEndpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    function = new RunningFunction();
    endpoint = new FunctionEndpoint(function.address());
  }

  @AfterEach
  void stop() {
    endpoint.close();
    function.close();
  }

  private static Errand call(Duration left, Map<String, @Nullable Object> payload) {
    FunctionCall call =
        new FunctionCall(
            "deployment", "service", "1", 0, "1", ARN, "role", NOW, NOW.plus(left), payload);
    RoleSessions sessions = new RoleSessions(new byte[32], PLACE);
    HookRoles roles = new HookRoles(sessions, Permissions.WITHOUT_POLICIES, PLACE);
    return new HookErrand(call, roles, Caller.root(PLACE.accountId()));
  }

  private Map<String, @Nullable Object> invoke() throws Exception {
    return Documents.object(
        endpoint.invoke(call(Duration.ofMinutes(1), Map.of("a", 1)), KEYS, NOW));
  }

  @Test
  void a_call_is_lambdas_invoke_signed_for_the_functions_region() throws Exception {
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    payload.put("text", "ä");
    payload.put("weights", Map.of("arn", 12.5));
    payload.put("nothing", null);
    payload.put("list", Arrays.asList(1, true, null));
    function.answer("{'hookStatus':'SUCCEEDED','hookDetails':{'a':[1,2.5,null,false]}}");
    assertThat(Documents.object(endpoint.invoke(call(Duration.ofMinutes(1), payload), KEYS, NOW)))
        .containsEntry("hookStatus", "SUCCEEDED")
        .containsEntry("hookDetails", Map.of("a", Arrays.asList(1L, 2.5, null, false)));
    RunningFunction.Asked asked = function.asked();
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.path())
        .isEqualTo(
            "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Alook"
                + "%3Alive/invocations");
    assertThat(asked.body())
        .isEqualTo(
            "{\"text\":\"ä\",\"weights\":{\"arn\":12.5},\"nothing\":null,\"list\":[1,true,null]}");
    assertThat(asked.headers().getFirst("X-Amz-Invocation-Type")).isEqualTo("RequestResponse");
    SignableRequest signable =
        new SignableRequest(
            asked.method(),
            asked.path(),
            "",
            asked.headers()::getFirst,
            asked.body().getBytes(UTF_8));
    Verifier verifier =
        new Verifier(InstantSource.fixed(NOW), (id, token) -> KEYS, "eu-west-1"::equals);
    assertThat(verifier.verify(signable, "lambda")).isInstanceOf(Verification.Verified.class);
    assertThat(verifier.verify(signable, "ecs")).isNotInstanceOf(Verification.Verified.class);
  }

  @Test
  void what_is_no_object_is_no_answer() {
    for (String body :
        List.of(
            "", "[]", "null", "\"SUCCEEDED\"", "{", "{\"a\":1e999999}", "{\"a\":1e999999999999}")) {
      function.answer(200, "", body);
      assertThatThrownBy(this::invoke).as(body).isInstanceOf(FunctionFailedException.class);
    }
  }

  @Test
  void an_error_of_the_function_is_no_answer() {
    function.answer(200, "Unhandled", "{\"hookStatus\":\"SUCCEEDED\"}");
    assertThatThrownBy(this::invoke)
        .isInstanceOf(FunctionFailedException.class)
        .hasMessage("The function ended with an error (Unhandled).");
  }

  @Test
  void what_may_be_otherwise_the_next_time_is_told_from_what_will_not() {
    for (int status : new int[] {429, 500, 503}) {
      function.answer(status, "", "{}");
      assertThatThrownBy(this::invoke).isInstanceOf(IOException.class);
    }
    for (int status : new int[] {302, 403, 404, 413}) {
      function.answer(status, "", "{}");
      assertThatThrownBy(this::invoke)
          .isInstanceOf(FunctionFailedException.class)
          .hasMessageContaining("status " + status);
    }
  }

  @Test
  void an_answer_without_end_is_not_read_to_its_end() {
    function.answer(200, "", "x".repeat(300 * 1024));
    assertThatThrownBy(this::invoke).isInstanceOf(IOException.class);
  }

  @Test
  void a_function_that_never_answers_is_left() {
    assertThatThrownBy(() -> endpoint.invoke(call(Duration.ofMillis(50), Map.of()), KEYS, NOW))
        .isInstanceOf(FunctionFailedException.class)
        .hasMessageContaining("did not answer");
  }

  @Test
  void where_nobody_listens_another_attempt_may_help() throws Exception {
    function.close();
    try (FunctionEndpoint nobody = new FunctionEndpoint(URI.create("http://127.0.0.1:1"))) {
      assertThatThrownBy(() -> nobody.invoke(call(Duration.ofMinutes(1), Map.of()), KEYS, NOW))
          .isInstanceOf(IOException.class);
    }
  }
}
