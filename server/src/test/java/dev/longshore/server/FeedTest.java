package dev.longshore.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.model.Target;
import dev.longshore.core.state.State;
import dev.longshore.gateway.Gateway;
import dev.longshore.gateway.GatewaySettings;
import dev.longshore.gateway.feed.Feed;
import dev.longshore.gateway.feed.FeedSettings;
import dev.longshore.gateway.metric.Count;
import dev.longshore.server.http.Certificates;
import dev.longshore.server.metric.Metric;
import dev.longshore.server.metric.Statistics;
import dev.longshore.wire.signature.Credentials;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Gateways that a control plane feeds over its socket. */
@Timeout(90)
@SuppressWarnings("NullAway.Init") // JUnit fills in before any test runs.
class FeedTest {
  private static final String ELB = "elasticloadbalancing";
  private static final String ELB_VERSION = "2015-12-01";

  @TempDir private Path data;
  private ControlPlane controlPlane;
  private URI endpoint;
  private HttpClient client;
  private HttpServer target;

  @BeforeEach
  void start() throws IOException {
    client = HttpClient.newHttpClient();
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          byte[] answer = "from the target".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    target.start();
    controlPlane = serve(0);
  }

  private ControlPlane serve(int port) throws IOException {
    ControlPlane serving =
        ControlPlane.start(
            ControlPlaneSettings.local(data.resolve("server"), port).withTraffic(false),
            halt -> {
              throw new AssertionError(halt);
            });
    endpoint = serving.endpoint();
    return serving;
  }

  @AfterEach
  void stop() {
    controlPlane.close();
    target.stop(0);
    client.close();
  }

  private String call(String service, String version, String form) throws Exception {
    byte[] body = (form + "&Version=" + version).getBytes(UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", endpoint.getAuthority());
    headers.put("content-type", "application/x-www-form-urlencoded");
    var signable = new SignableRequest("POST", "/", "", headers::get, body);
    headers.putAll(
        new Signer(controlPlane.rootKeys(), "us-east-1", service)
            .sign(signable, headers.keySet(), Instant.now()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.remove("host");
    headers.forEach(request::header);
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private String elb(String form) throws Exception {
    return call(ELB, ELB_VERSION, form);
  }

  private static String inside(String xml, String element) {
    Matcher found = Pattern.compile('<' + element + ">([^<]*)</" + element + '>').matcher(xml);
    assertThat(found.find()).as("%s in %s", element, xml).isTrue();
    return found.group(1);
  }

  /** A load balancer's listener with one registered target. */
  private String listener(int port) throws Exception {
    String balancer =
        inside(
            elb(
                "Action=CreateLoadBalancer&Name=web&Subnets.member.1=subnet-a"
                    + "&Subnets.member.2=subnet-b"),
            "LoadBalancerArn");
    String group =
        inside(
            elb(
                "Action=CreateTargetGroup&Name=web&Protocol=HTTP&Port=80&VpcId=vpc-1"
                    + "&TargetType=ip"),
            "TargetGroupArn");
    elb(
        "Action=RegisterTargets&TargetGroupArn="
            + group
            + "&Targets.member.1.Id=127.0.0.1&Targets.member.1.Port="
            + target.getAddress().getPort());
    return inside(
        elb(
            "Action=CreateListener&Protocol=HTTP&LoadBalancerArn="
                + balancer
                + "&Port="
                + port
                + "&DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn="
                + group),
        "ListenerArn");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A gateway as a process of its own would run it, at an address of its own. */
  private final class Apart implements AutoCloseable {
    private final BlockingQueue<Long> followed = new LinkedBlockingQueue<>();
    private final Feed feed;
    private final Gateway gateway;
    private final Thread thread;
    private final String address;

    Apart(String name, String address) {
      this(name, address, null);
    }

    Apart(String name, String address, @Nullable SSLContext tls) {
      this.address = address;
      feed =
          new Feed(
              new FeedSettings(
                  endpoint,
                  tls,
                  controlPlane.rootKeys(),
                  "us-east-1",
                  name,
                  data.resolve(name + ".json"),
                  address,
                  Duration.ofMillis(200)),
              Clock.systemUTC(),
              RandomGenerator.getDefault(),
              followed::add);
      gateway = Gateway.start(GatewaySettings.usual(), feed);
      thread = Thread.ofVirtual().start(this::run);
    }

    private void run() {
      try {
        feed.run(gateway);
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    HttpResponse<String> get(int port) throws IOException, InterruptedException {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://" + address + ':' + port + "/a")).build(),
          HttpResponse.BodyHandlers.ofString());
    }

    /** Waits until it follows routes by which a request is answered so. */
    void untilAnswers(int port, int status) throws Exception {
      while (true) {
        assertThat(followed.poll(30, TimeUnit.SECONDS)).as("nothing new to follow").isNotNull();
        if (!gateway.listening().isEmpty() && get(port).statusCode() == status) {
          return;
        }
      }
    }

    @Override
    public void close() {
      feed.close();
      assertThat(join()).as("the feed ends").isTrue();
      gateway.close();
    }

    private boolean join() {
      try {
        return thread.join(Duration.ofSeconds(30));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void until(java.util.function.Predicate<State> condition) throws Exception {
    controlPlane.when(condition).get(30, TimeUnit.SECONDS);
  }

  private static boolean isActive(State state) {
    for (LoadBalancer row : state.all(LoadBalancer.KIND)) {
      return row.state().equals(LoadBalancer.ACTIVE);
    }
    return false;
  }

  private static boolean isHealthy(State state) {
    for (Target row : state.all(Target.KIND)) {
      return row.health().equals(Target.HEALTHY);
    }
    return false;
  }

  private static String answer(int status) {
    return "DefaultActions.member.1.Type=fixed-response"
        + "&DefaultActions.member.1.FixedResponseConfig.StatusCode="
        + status;
  }

  @Test
  void a_gateway_carries_on_with_its_last_routes_whoever_restarts() throws Exception {
    int port = freePort();
    String listener = listener(port);
    assertThatThrownBy(() -> new java.net.Socket("127.77.0.1", port).close())
        .isInstanceOf(IOException.class);
    try (Apart gateway = new Apart("one", "127.78.0.1")) {
      until(state -> isActive(state) && isHealthy(state));
      assertThat(gateway.get(port).body()).isEqualTo("from the target");
      int served = endpoint.getPort();
      controlPlane.close();
      assertThat(gateway.get(port).body()).isEqualTo("from the target");
      controlPlane = serve(served);
      elb("Action=ModifyListener&ListenerArn=" + listener + '&' + answer(203));
      gateway.untilAnswers(port, 203);
    }
    controlPlane.close();
    assertThat(Files.getPosixFilePermissions(data.resolve("one.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (Apart again = new Apart("one", "127.78.0.1")) {
      again.untilAnswers(port, 203);
    }
    controlPlane = serve(0);
  }

  @Test
  void several_gateways_follow_and_each_that_comes_is_given_all() throws Exception {
    int port = freePort();
    String listener = listener(port);
    try (Apart one = new Apart("one", "127.78.0.1")) {
      until(FeedTest::isActive);
      try (Apart two = new Apart("two", "127.78.0.2")) {
        two.untilAnswers(port, 200);
        elb("Action=ModifyListener&ListenerArn=" + listener + '&' + answer(203));
        one.untilAnswers(port, 203);
        two.untilAnswers(port, 203);
      }
      elb("Action=ModifyListener&ListenerArn=" + listener + '&' + answer(204));
      one.untilAnswers(port, 204);
    }
  }

  /** What of all minutes the store knows. */
  private double requests(String balancer) {
    var metric = new Metric("AWS/ApplicationELB", "RequestCount", Map.of("LoadBalancer", balancer));
    return controlPlane.metrics().values(metric, 0, Long.MAX_VALUE).values().stream()
        .mapToDouble(Statistics::sum)
        .sum();
  }

  private void untilCounted(String balancer, Apart... all) {
    long expected = 0;
    for (Apart each : all) {
      expected += each.gateway.metrics().balancer(balancer).sum(Count.REQUEST);
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (requests(balancer) != expected) {
      assertThat(System.nanoTime()).as("%s of %s", requests(balancer), expected).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Test
  void what_all_gateways_carry_adds_up_and_survives_the_control_plane() throws Exception {
    int port = freePort();
    String listener = listener(port);
    String[] parts = listener.split("/");
    String balancer = "app/" + parts[2] + '/' + parts[3];
    try (Apart one = new Apart("one", "127.78.0.1");
        Apart two = new Apart("two", "127.78.0.2")) {
      one.untilAnswers(port, 200);
      two.untilAnswers(port, 200);
      one.get(port);
      untilCounted(balancer, one, two);
      assertThat(requests(balancer)).isGreaterThanOrEqualTo(3);
      int served = endpoint.getPort();
      controlPlane.close();
      two.get(port);
      controlPlane = serve(served);
      untilCounted(balancer, one, two);
      one.get(port);
      untilCounted(balancer, one, two);
    }
  }

  @Test
  void a_feed_over_tls_trusts_who_signed_the_certificate_and_nobody_else() throws Exception {
    int port = freePort();
    listener(port);
    controlPlane.close();
    Certificates certificates = Certificates.in(data, "port", "EC");
    controlPlane =
        ControlPlane.start(
            ControlPlaneSettings.local(data.resolve("server"), 0)
                .withTraffic(false)
                .withTls(new TlsSettings(certificates.pem(), certificates.key())),
            halt -> {
              throw new AssertionError(halt);
            });
    endpoint = controlPlane.endpoint();
    assertThat(endpoint.getScheme()).isEqualTo("https");
    try (Apart wary = new Apart("wary", "127.78.0.2");
        Apart one = new Apart("one", "127.78.0.1", certificates.trust())) {
      one.untilAnswers(port, 200);
      assertThat(wary.followed).isEmpty();
    }
  }

  private int upgrade(Credentials keys) throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", endpoint.getAuthority());
    var signable = new SignableRequest("GET", FeedSettings.PATH, "", headers::get, new byte[0]);
    WebSocket.Builder builder = client.newWebSocketBuilder();
    new Signer(keys, "us-east-1", FeedSettings.SERVICE)
        .sign(signable, List.of("host"), Instant.now())
        .forEach(builder::header);
    URI address = URI.create("ws://" + endpoint.getAuthority() + FeedSettings.PATH);
    try {
      builder.buildAsync(address, new WebSocket.Listener() {}).get(30, TimeUnit.SECONDS).abort();
      return 101;
    } catch (java.util.concurrent.ExecutionException e) {
      return ((WebSocketHandshakeException) Objects.requireNonNull(e.getCause()))
          .getResponse()
          .statusCode();
    }
  }

  @Test
  void routes_are_for_those_who_may_follow_them() throws Exception {
    assertThat(upgrade(Credentials.of("AKIAIOSFODNN7EXAMPLE", "wrong"))).isEqualTo(403);
    call("iam", "2010-05-08", "Action=CreateUser&UserName=gateway");
    String made = call("iam", "2010-05-08", "Action=CreateAccessKey&UserName=gateway");
    Credentials keys = Credentials.of(inside(made, "AccessKeyId"), inside(made, "SecretAccessKey"));
    assertThat(upgrade(keys)).isEqualTo(403);
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
            + "\"longshore:FollowRoutes\",\"Resource\":\"*\"}]}";
    call(
        "iam",
        "2010-05-08",
        "Action=PutUserPolicy&UserName=gateway&PolicyName=follow&PolicyDocument="
            + URLEncoder.encode(policy, UTF_8));
    assertThat(upgrade(keys)).isEqualTo(101);
  }
}
