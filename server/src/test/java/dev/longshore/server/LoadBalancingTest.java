package dev.longshore.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.state.State;
import dev.longshore.server.http.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole control plane whose load balancers carry requests, spoken to in forms. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit fills in before any test runs.
class LoadBalancingTest {
  private static final String ADDRESS = "127.77.0.1";
  private static final byte[] BYTES = {127, 77, 0, 1};

  @TempDir private Path data;
  private ControlPlane controlPlane;
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
    controlPlane =
        ControlPlane.start(
            ControlPlaneSettings.local(data, 0).withAuthentication(false),
            halt -> {
              throw new AssertionError(halt);
            });
  }

  @AfterEach
  void stop() {
    controlPlane.close();
    target.stop(0);
    client.close();
  }

  private String call(String form) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(controlPlane.endpoint().resolve("/"))
                .header("content-type", "application/x-www-form-urlencoded")
                .header(
                    "authorization",
                    "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/elasticloadbalancing/"
                        + "aws4_request, SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(form + "&Version=2015-12-01"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static String inside(String xml, String element) {
    Matcher found = Pattern.compile('<' + element + ">([^<]*)</" + element + '>').matcher(xml);
    assertThat(found.find()).as("%s in %s", element, xml).isTrue();
    return found.group(1);
  }

  private HttpResponse<String> get(int port) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://" + ADDRESS + ':' + port + "/a")).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(BYTES))) {
      return socket.getLocalPort();
    }
  }

  private String balancer() throws IOException, InterruptedException {
    String made =
        call(
            "Action=CreateLoadBalancer&Name=web&Subnets.member.1=subnet-a"
                + "&Subnets.member.2=subnet-b");
    assertThat(inside(made, "Code")).isEqualTo("provisioning");
    return inside(made, "LoadBalancerArn");
  }

  private void untilState(String state) throws Exception {
    controlPlane.when(committed -> is(committed, state)).get(30, TimeUnit.SECONDS);
  }

  private static boolean is(State committed, String state) {
    for (LoadBalancer row : committed.all(LoadBalancer.KIND)) {
      return row.state().equals(state);
    }
    return false;
  }

  private String listener(String balancer, int port, String action) throws Exception {
    return inside(
        call(
            "Action=CreateListener&Protocol=HTTP&LoadBalancerArn="
                + balancer
                + "&Port="
                + port
                + "&"
                + action),
        "ListenerArn");
  }

  private static String fixed(String body) {
    return "DefaultActions.member.1.Type=fixed-response"
        + "&DefaultActions.member.1.FixedResponseConfig.StatusCode=203"
        + "&DefaultActions.member.1.FixedResponseConfig.MessageBody="
        + body;
  }

  @Test
  void requests_reach_a_registered_target_and_rules_hold_from_the_answer_on() throws Exception {
    String balancer = balancer();
    untilState(LoadBalancer.ACTIVE);
    String group =
        inside(
            call(
                "Action=CreateTargetGroup&Name=web&Protocol=HTTP&Port=80&VpcId=vpc-1"
                    + "&TargetType=ip"),
            "TargetGroupArn");
    call(
        "Action=RegisterTargets&TargetGroupArn="
            + group
            + "&Targets.member.1.Id=127.0.0.1&Targets.member.1.Port="
            + target.getAddress().getPort());
    int port = freePort();
    String listener =
        listener(
            balancer,
            port,
            "DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn=" + group);
    listens(port);
    assertThat(get(port).body()).isEqualTo("from the target");
    call("Action=DescribeLoadBalancers");
    assertThat(inside(call("Action=DescribeLoadBalancers"), "IpAddress")).isEqualTo(ADDRESS);
    call("Action=ModifyListener&ListenerArn=" + listener + '&' + fixed("other"));
    until(() -> get(port).body().equals("other"));
    assertThat(get(port).statusCode()).isEqualTo(203);
    call("Action=DeleteLoadBalancer&LoadBalancerArn=" + balancer);
    until(() -> {
      try (HttpClient fresh = HttpClient.newHttpClient()) {
        fresh.send(
            HttpRequest.newBuilder(URI.create("http://" + ADDRESS + ':' + port + '/')).build(),
            HttpResponse.BodyHandlers.discarding());
        return false;
      } catch (IOException refused) {
        return true;
      }
    });
  }

  @Test
  void a_port_that_is_taken_shows_as_failed_with_its_reason() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(BYTES))) {
      String balancer = balancer();
      listener(balancer, taken.getLocalPort(), fixed("a"));
      untilState(LoadBalancer.FAILED);
      String described = call("Action=DescribeLoadBalancers");
      assertThat(inside(described, "Code")).isEqualTo("failed");
      assertThat(inside(described, "Reason"))
          .isEqualTo("Port " + taken.getLocalPort() + ": Address already in use");
      assertThatThrownBy(() -> inside(described, "IpAddress")).isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void requests_are_written_down_in_the_data_directory_once_the_attribute_says_so()
      throws Exception {
    String balancer = balancer();
    int port = freePort();
    listener(balancer, port, fixed("a"));
    until(() -> answers(port));
    String attribute =
        "Action=ModifyLoadBalancerAttributes&LoadBalancerArn="
            + balancer
            + "&Attributes.member.1.Key=access_logs.s3.enabled&Attributes.member.1.Value=";
    call(attribute + "true");
    Path log =
        data.resolve("access-logs")
            .resolve(balancer.substring(balancer.indexOf("app/")).replace('/', '.') + ".log");
    until(() -> get(port).statusCode() == 203 && Files.exists(log));
    until(() -> Files.readString(log).endsWith("\n"));
    assertThat(Files.readAllLines(log).getFirst())
        .contains("203", "\"GET http://" + ADDRESS + ':' + port + "/a HTTP/1.1\"")
        .contains(" \"fixed-response\" ");
  }

  private boolean answers(int port) throws InterruptedException {
    try {
      return get(port).statusCode() == 203;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Test
  void a_certificate_whose_files_are_replaced_is_shown_to_whoever_connects_then() throws Exception {
    Path directory = Files.createDirectories(data.resolve("certificates"));
    Certificates first = Certificates.in(directory, "first", "EC");
    Certificates second = Certificates.in(directory, "second", "EC");
    Path chain = Files.copy(first.pem(), directory.resolve("web.crt"));
    Path key = Files.copy(first.key(), directory.resolve("web.key"));
    int port = freePort();
    call(
        "Action=CreateListener&Protocol=HTTPS&LoadBalancerArn="
            + balancer()
            + "&Port="
            + port
            + "&Certificates.member.1.CertificateArn="
            + "arn:aws:acm:us-east-1:123456789012:certificate/web&"
            + fixed("a"));
    until(() -> shows(port, first));
    try (SSLSocket open = connect(port, first)) {
      Files.copy(second.pem(), chain, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(second.key(), key, StandardCopyOption.REPLACE_EXISTING);
      until(() -> shows(port, second));
      assertThat(shows(port, first)).isFalse();
      open.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
      assertThat(new String(open.getInputStream().readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 203");
    }
  }

  private static SSLSocket connect(int port, Certificates trusted) throws Exception {
    SSLSocket socket = (SSLSocket) trusted.trust().getSocketFactory().createSocket(ADDRESS, port);
    socket.startHandshake();
    return socket;
  }

  private static boolean shows(int port, Certificates certificate) throws Exception {
    try (SSLSocket socket = connect(port, certificate)) {
      return socket.isConnected();
    } catch (IOException other) {
      return false;
    }
  }

  /** A condition that only another program can tell. */
  private interface Looked {
    boolean isTrue() throws Exception;
  }

  private static void until(Looked condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.isTrue()) {
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private void listens(int port) throws Exception {
    until(() -> {
      try {
        return get(port).statusCode() == 200;
      } catch (IOException notYet) {
        return false;
      }
    });
  }
}
