package dev.longshore.core.parameter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.CustomerKey;
import dev.longshore.core.Harbour;
import dev.longshore.core.OpenVault;
import dev.longshore.core.operation.Need;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ssm.GetParameterRequest;
import dev.longshore.shapes.ssm.GetParametersByPathRequest;
import dev.longshore.shapes.ssm.GetParametersRequest;
import dev.longshore.shapes.ssm.PutParameterRequest;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** SecureStrings under keys of their users. */
class ParameterKeysTest {
  private final OpenVault vault = new OpenVault();
  private final ParameterSeals seals = new ParameterSeals(vault);
  private final ParameterAnswers answers = new ParameterAnswers(seals);
  private final Harbour harbour = new Harbour();
  private final CustomerKey key = CustomerKey.in(harbour, vault);

  private static PutParameterRequest.Builder secure(String name, String keyId) {
    return PutParameterRequest.builder().name(name).value("hush").type("SecureString").keyId(keyId);
  }

  private void put(PutParameterRequest.Builder request) {
    harbour.call(new PutParameter(seals), request.build());
  }

  private @Nullable String value(String name, boolean decrypted) {
    var request = GetParameterRequest.builder().name(name).withDecryption(decrypted).build();
    return requireNonNull(harbour.ask(new GetParameter(answers), request).parameter()).value();
  }

  private List<String> actions(String action, Shape request) {
    return new ParameterNeeds()
        .of(action, request, harbour.state(), harbour.context()).stream()
            .map(Need::action)
            .toList();
  }

  private static void assertRefused(ThrowingCallable call, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceException.class, e -> assertThat(e.code()).isEqualTo("InvalidKeyId"))
        .hasMessageStartingWith(text);
  }

  @Test
  void a_key_that_cannot_be_used_locks_its_parameters() {
    put(secure("/app/db", CustomerKey.ID));
    put(secure("/app/own", "alias/aws/ssm"));
    key.enable(false);
    assertRefused(
        () -> value("/app/db", true),
        CustomerKey.ARN
            + " is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException;"
            + " Request ID: ");
    assertThat(value("/app/db", false)).doesNotContain("hush");
    assertThat(value("/app/own", true)).isEqualTo("hush");
    key.schedule();
    assertRefused(
        () -> value("/app/db", true),
        CustomerKey.ARN
            + " is pending deletion. (Service: AWSKMS; Status Code: 400; Error Code:"
            + " KMSInvalidStateException; Request ID: ");
    assertRefused(
        () -> put(secure("/app/other", "nonsense")),
        "Invalid keyId 'nonsense' (Service: AWSKMS; Status Code: 400; Error Code:"
            + " NotFoundException; Request ID: ");
  }

  @Test
  void a_key_is_asked_for_only_where_values_are_shown_or_put() {
    put(secure("/app/db", CustomerKey.ID));
    var one = GetParameterRequest.builder().name("/app/db");
    assertThat(actions("ssm:GetParameter", one.build())).containsExactly("ssm:GetParameter");
    assertThat(actions("ssm:GetParameter", one.withDecryption(true).build()))
        .containsExactly("ssm:GetParameter", "kms:Decrypt");
    var path = GetParametersByPathRequest.builder().path("/app").withDecryption(true).build();
    assertThat(actions("ssm:GetParametersByPath", path))
        .containsExactly("ssm:GetParametersByPath", "kms:Decrypt");
    assertThat(actions("ssm:PutParameter", secure("/app/new", CustomerKey.ID).build()))
        .containsExactly("ssm:PutParameter", "kms:Encrypt");
    assertThat(
            actions(
                "ssm:PutParameter", secure("/app/new", CustomerKey.ID).tier("Advanced").build()))
        .containsExactly("ssm:PutParameter", "kms:GenerateDataKey");
  }

  @Test
  void one_name_of_nothing_does_not_free_the_others() {
    put(secure("/app/db", CustomerKey.ID));
    var several =
        GetParametersRequest.builder()
            .names(List.of("/app/none", "/app/db:99", "/app/db"))
            .withDecryption(true)
            .build();
    assertThat(actions("ssm:GetParameters", several)).contains("kms:Decrypt");
  }

  @Test
  void the_key_is_needed_for_the_parameters_arn() {
    put(secure("/app/db", CustomerKey.ID));
    var request = GetParameterRequest.builder().name("/app/db").withDecryption(true).build();
    Need need =
        new ParameterNeeds()
            .of("ssm:GetParameter", request, harbour.state(), harbour.context())
            .getLast();
    assertThat(need.resource()).isEqualTo(CustomerKey.ARN);
    assertThat(need.keys())
        .containsEntry("kms:viaservice", List.of("ssm.us-east-1.amazonaws.com"))
        .containsEntry(
            "kms:encryptioncontext:parameter_arn",
            List.of("arn:aws:ssm:us-east-1:123456789012:parameter/app/db"));
  }
}
