package dev.longshore.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.longshore.agent.docker.Sockets;
import dev.longshore.agent.link.LinkConfig;
import dev.longshore.agent.link.SecretCalls;
import dev.longshore.agent.link.Transport;
import dev.longshore.agent.task.ContainerSpec;
import dev.longshore.agent.task.ContainerSpec.Secret;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import dev.longshore.wire.signature.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fetching of secrets from services on the network. */
@Timeout(60)
class SecretFetchTest {
  private static final String ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:";
  private static final Credentials KEYS = new Credentials("ASIAROLE", "secret", "token", null);

  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger under = new AtomicInteger();
  private final AtomicInteger mostUnder = new AtomicInteger();
  private final CountDownLatch eight = new CountDownLatch(8);
  private final Sockets sockets = Sockets.open("test");
  private HttpServer services;
  private volatile int throttled;
  private volatile boolean together;

  @BeforeEach
  void open() throws IOException {
    services = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    services.createContext("/", this::answer);
    services.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    services.start();
  }

  @AfterEach
  void close() {
    sockets.close();
    services.stop(0);
  }

  private void answer(HttpExchange call) throws IOException {
    Json request = Json.parse(new String(call.getRequestBody().readAllBytes(), UTF_8));
    mostUnder.accumulateAndGet(under.incrementAndGet(), Math::max);
    if (together) {
      await(eight);
    }
    boolean refused = calls.incrementAndGet() <= throttled;
    Json answer =
        refused
            ? new Members().put("__type", "ThrottlingException").put("message", "Rate").json()
            : value(request);
    byte[] body = answer.write().getBytes(UTF_8);
    under.decrementAndGet();
    call.getResponseHeaders().add("content-type", "application/x-amz-json-1.1");
    call.sendResponseHeaders(refused ? 400 : 200, body.length);
    call.getResponseBody().write(body);
    call.close();
  }

  private static void await(CountDownLatch latch) {
    latch.countDown();
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Json value(Json request) {
    if (request.at("Names").isNull()) {
      String name = request.at("SecretId").text();
      return new Members()
          .put("SecretString", "{\"user\":\"" + name.substring(ARN.length()) + "\"}")
          .json();
    }
    List<Json> found = new ArrayList<>();
    for (String name : request.at("Names").texts()) {
      found.add(new Members().put("Name", name).put("Value", "value of " + name).json());
    }
    return Json.fields().with("Parameters", new Json.Items(found));
  }

  private SecretFetch fetch() {
    URI uri = URI.create("http://127.0.0.1:" + services.getAddress().getPort());
    LinkConfig link =
        new LinkConfig(uri, "us-east-1", () -> KEYS, "default", "1", "longshore", "1");
    SecretCalls secretCalls =
        new SecretCalls(
            Transport.of(sockets, null, false), link, InstantSource.system(), Map.of(), () -> 0L);
    return new SecretFetch(secretCalls, KEYS);
  }

  private static ContainerSpec container(String name, List<Secret> secrets) {
    return new ContainerSpec(
        name, "image", true, List.of(), List.of(), Map.of(), 0, 0, 0, List.of(), List.of(),
        List.of(), List.of(), List.of(), 0, 0, null, null, false, null, null, null, null, secrets,
        List.of());
  }

  private static Secret managed(String name, String arn) {
    return new Secret(name, arn, "us-east-1", "asm", false);
  }

  private static Secret parameter(String name, String from) {
    return new Secret(name, from, "us-east-1", "ssm", false);
  }

  @Test
  void many_secrets_are_fetched_eight_at_a_time() throws Exception {
    together = true;
    List<Secret> secrets = new ArrayList<>();
    for (int number = 0; number < 40; number++) {
      secrets.add(managed("S" + number, ARN + number + ":user::"));
    }
    var fetched = fetch().of(List.of(container("app", secrets)));
    assertThat(requireNonNull(fetched.get("app")).variables())
        .hasSize(40)
        .containsEntry("S39", "39");
    assertThat(mostUnder).hasValue(8);
    assertThat(calls).hasValue(40);
  }

  @Test
  void what_several_containers_need_is_fetched_once() throws Exception {
    List<Secret> secrets =
        List.of(
            managed("WHOLE", ARN + "db"),
            managed("USER", ARN + "db:user::"),
            parameter("A", "/a"),
            parameter("B", "/b"));
    var fetched = fetch().of(List.of(container("app", secrets), container("sidecar", secrets)));
    assertThat(fetched).containsOnlyKeys("app", "sidecar");
    assertThat(requireNonNull(fetched.get("sidecar")).variables())
        .containsEntry("WHOLE", "{\"user\":\"db\"}")
        .containsEntry("USER", "db")
        .containsEntry("B", "value of /b");
    assertThat(calls).hasValue(2);
  }

  @Test
  void who_is_throttled_waits_and_tries_again() throws Exception {
    throttled = 3;
    var fetched =
        fetch().of(List.of(container("app", List.of(managed("USER", ARN + "db:user::")))));
    assertThat(requireNonNull(fetched.get("app")).variables()).containsEntry("USER", "db");
    assertThat(calls).hasValue(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"db", "arn:aws:secretsmanager:us-east-1:123456789012:secret:db:user:"})
  void an_arn_of_another_form_is_told(String from) {
    List<ContainerSpec> containers = List.of(container("app", List.of(managed("USER", from))));
    assertThatThrownBy(() -> fetch().of(containers))
        .isInstanceOf(UnavailableException.class)
        .hasMessageEndingWith(SecretReasons.INVALID_ARN);
    assertThat(calls).hasValue(0);
  }
}
