package dev.longshore.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.agent.docker.Sockets;
import dev.longshore.agent.link.FakeControlPlane.Answer;
import dev.longshore.agent.link.FakeControlPlane.Call;
import dev.longshore.wire.json.Json;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RegistrationTest {
  private final FakeControlPlane fake = new FakeControlPlane();
  private final Sockets sockets = Sockets.open("test");
  private final Transport transport = Transport.of(sockets, null, false);

  @AfterEach
  void close() {
    sockets.close();
    fake.close();
  }

  private LinkConfig config(String cluster) {
    return new LinkConfig(
        fake.uri(),
        "us-east-1",
        () -> FakeControlPlane.KEYS,
        cluster,
        "1.101.2",
        "longshore",
        "28.2.2");
  }

  private ControlPlane controlPlane(String cluster) {
    return new ControlPlane(transport, config(cluster), InstantSource.system());
  }

  private Registration registration(String cluster) {
    return new Registration(
        controlPlane(cluster), config(cluster), Duration.ofMillis(5), new Random(1));
  }

  private static Registration.Capacity capacity() {
    return new Registration.Capacity(
        Map.of("ecs.os-type", "linux", "ecs.capability.full-sync", ""),
        Map.of("stack", "blue"),
        Map.of("team", "red"),
        2048,
        24105,
        List.of(22, 2375),
        List.of());
  }

  @Test
  void registration_says_what_the_instance_is() throws Exception {
    Registration.Registered registered = registration("prod").register(capacity(), null);
    assertThat(registered.containerInstanceArn()).isEqualTo(FakeControlPlane.ARN);
    assertThat(registered.availabilityZone()).isEqualTo("us-east-1a");
    Call call = fake.call("RegisterContainerInstance");
    assertThat(call.headers())
        .containsEntry("content-type", "application/x-amz-json-1.1")
        .containsEntry(
            "x-amz-target", "AmazonEC2ContainerServiceV20141113.RegisterContainerInstance")
        .containsEntry("amz-sdk-request", "attempt=1; max=3");
    assertThat(call.headers().get("authorization"))
        .contains(
            "SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;content-length;content-type;host;"
                + "x-amz-date;x-amz-target");
    Json body = call.body();
    assertThat(body.at("cluster").text()).isEqualTo("prod");
    assertThat(body.at("clientToken").text()).hasSize(36);
    assertThat(body.at("instanceIdentityDocument").text()).isEmpty();
    assertThat(body.at("containerInstanceArn").isNull()).isTrue();
    assertThat(body.at("tags").write()).isEqualTo("[{\"key\":\"team\",\"value\":\"red\"}]");
    assertThat(body.at("totalResources").write())
        .isEqualTo(
            "[{\"integerValue\":2048,\"name\":\"CPU\",\"type\":\"INTEGER\"},"
                + "{\"integerValue\":24105,\"name\":\"MEMORY\",\"type\":\"INTEGER\"},"
                + "{\"name\":\"PORTS\",\"stringSetValue\":[\"22\",\"2375\"],"
                + "\"type\":\"STRINGSET\"},"
                + "{\"name\":\"PORTS_UDP\",\"stringSetValue\":[],\"type\":\"STRINGSET\"}]");
    assertThat(body.at("attributes").write())
        .contains("{\"name\":\"stack\",\"value\":\"blue\"}")
        .contains("{\"name\":\"ecs.capability.full-sync\"}");
  }

  @Test
  void a_second_registration_names_the_arn_and_leaves_custom_attributes_out() throws Exception {
    var _ = registration("default").register(capacity(), FakeControlPlane.ARN);
    Json body = fake.call("RegisterContainerInstance").body();
    assertThat(body.at("containerInstanceArn").text()).isEqualTo(FakeControlPlane.ARN);
    assertThat(body.at("attributes").write()).doesNotContain("stack");
  }

  @Test
  void attributes_that_do_not_come_back_end_the_agent_for_good() {
    fake.answer(
        "RegisterContainerInstance",
        call ->
            Answer.ok(
                "{\"containerInstance\":{\"containerInstanceArn\":\"a\",\"attributes\":[]}}"));
    assertThatThrownBy(() -> registration("default").register(capacity(), null))
        .isInstanceOfSatisfying(
            Registration.RefusedException.class, e -> assertThat(e.exitCode()).isEqualTo(5))
        .hasMessageContaining("Attribute validation failed");
  }

  @Test
  void errors_of_the_caller_are_terminal_others_recoverable_and_busy_servers_waited_for()
      throws Exception {
    AtomicInteger count = new AtomicInteger();
    fake.answer(
        "RegisterContainerInstance",
        call ->
            switch (count.incrementAndGet()) {
              case 1 -> Answer.error(400, "ThrottlingException", "Rate exceeded");
              case 2 -> Answer.error(500, "ServerException", "busy");
              case 3 -> FakeControlPlane.echo(call);
              case 4 -> Answer.error(400, "ClientException", "no");
              default -> Answer.error(400, "AccessDeniedException", "no");
            });
    assertThat(registration("default").register(capacity(), null).containerInstanceArn())
        .isEqualTo(FakeControlPlane.ARN);
    assertThatThrownBy(() -> registration("default").register(capacity(), null))
        .isInstanceOfSatisfying(
            Registration.RefusedException.class, e -> assertThat(e.exitCode()).isEqualTo(5));
    assertThatThrownBy(() -> registration("default").register(capacity(), null))
        .isInstanceOfSatisfying(
            Registration.RefusedException.class, e -> assertThat(e.exitCode()).isEqualTo(1));
  }

  @Test
  void the_default_cluster_is_made_where_it_is_missing_and_none_was_named() throws Exception {
    AtomicInteger count = new AtomicInteger();
    fake.answer(
        "RegisterContainerInstance",
        call ->
            count.incrementAndGet() == 1
                ? Answer.error(400, "ClusterNotFoundException", "Cluster not found.")
                : FakeControlPlane.echo(call));
    fake.answer("CreateCluster", call -> Answer.ok("{\"cluster\":{\"clusterName\":\"default\"}}"));
    var _ = registration("").register(capacity(), null);
    assertThat(fake.call("CreateCluster").body().at("clusterName").text()).isEqualTo("default");
  }
}
