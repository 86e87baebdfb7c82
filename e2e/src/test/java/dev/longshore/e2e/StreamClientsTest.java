package dev.longshore.e2e;

import static dev.longshore.e2e.Shell.words;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A network load balancer: TCP, TLS and UDP by socat, openssl and bash. */
class StreamClientsTest {
  private static final int TCP_PORT = 18_601;
  private static final int TLS_PORT = 18_602;
  private static final int UDP_PORT = 18_603;
  private static final int FLOWS = 30;

  private static final StreamTarget one = StreamTarget.called("one");
  private static final StreamTarget two = StreamTarget.called("two");
  private static Site site;
  private static String balancer = "";
  private static String address = "";

  @BeforeAll
  static void start() throws Exception {
    site = Site.simulated(1);
    Files.createDirectories(site.data.resolve("certificates"));
    PemFiles pem = PemFiles.in(site.data);
    Files.move(pem.certificate(), site.data.resolve("certificates/net.crt"));
    Files.move(pem.key(), site.data.resolve("certificates/net.key"));
    balancer =
        elbv2(
            "create-load-balancer --type network --name net --subnets subnet-a --query",
            "LoadBalancers[0].LoadBalancerArn");
    String streams = group("streams", "TCP", one.tcpPort(), two.tcpPort());
    elbv2(
        "modify-target-group-attributes --target-group-arn " + streams,
        "--attributes",
        "Key=proxy_protocol_v2.enabled,Value=true");
    listener("TCP", TCP_PORT, streams);
    listener(
        "TLS",
        TLS_PORT,
        streams,
        "--certificates",
        "CertificateArn=arn:aws:acm:us-east-1:123456789012:certificate/net");
    listener("UDP", UDP_PORT, group("datagrams", "UDP", one.udpPort(), two.udpPort()));
    address =
        elbv2("wait load-balancer-available --load-balancer-arns " + balancer)
            + elbv2(
                "describe-load-balancers --query",
                "LoadBalancers[0].AvailabilityZones[0].LoadBalancerAddresses[0].IpAddress");
    Site.until("flows are carried", () -> tcp("x").contains(" x"));
  }

  @AfterAll
  static void stop() throws IOException {
    site.close();
    one.close();
    two.close();
  }

  private static String elbv2(String command, String... more) throws Exception {
    return site.aws.ok(words("--output text elbv2 " + command, more));
  }

  private static String group(String name, String protocol, int... ports) throws Exception {
    String arn =
        elbv2(
            "create-target-group --port 80 --vpc-id vpc-1 --target-type ip --query",
            "TargetGroups[0].TargetGroupArn",
            "--name",
            name,
            "--protocol",
            protocol);
    for (int port : ports) {
      elbv2("register-targets --target-group-arn " + arn, "--targets", "Id=127.0.0.1,Port=" + port);
    }
    return arn;
  }

  private static void listener(String protocol, int port, String group, String... more)
      throws Exception {
    String command =
        "create-listener --load-balancer-arn "
            + balancer
            + " --default-actions "
            + Balancer.forward(group)
            + " --protocol "
            + protocol
            + " --port "
            + port;
    elbv2(command, more);
  }

  private static String bash(String script) throws Exception {
    return Shell.of("bash").ok("-c", script);
  }

  /** What a target answers to a line that comes by socat; empty where nobody answers. */
  private static String tcp(String line) throws Exception {
    return bash("echo " + line + " | socat -t 5 - TCP:" + address + ":" + TCP_PORT + " || true");
  }

  /** Names of those who answered, one for each answer. */
  private static List<String> answered(String answers) {
    return answers.lines().map(each -> each.substring(0, each.indexOf(' '))).toList();
  }

  @BesideOthers
  void flows_of_tcp_are_spread_and_the_target_is_told_who_its_client_is() throws Exception {
    String answers =
        bash(
            "for i in $(seq "
                + FLOWS
                + "); do echo line-$i | socat -t 5 - TCP:"
                + address
                + ":"
                + TCP_PORT
                + "; done");
    assertThat(answered(answers)).hasSize(FLOWS).contains("one", "two");
    assertThat(answers.lines())
        .allMatch(each ->
            each.matches("(one|two) 2111 127.0.0.1:\\d+ " + address + ":" + TCP_PORT + " .*"));
    String from =
        bash("echo x | socat -t 5 - TCP:" + address + ":" + TCP_PORT + ",sourceport=18699");
    assertThat(from).contains(" 127.0.0.1:18699 ").endsWith(" x");
  }

  @BesideOthers
  void tls_ends_at_the_load_balancer_with_its_certificate() throws Exception {
    String trusted = site.data.resolve("certificates/net.crt").toString();
    String answer =
        bash(
            "echo secret | openssl s_client -quiet -verify_return_error -CAfile "
                + trusted
                + " -connect "
                + address
                + ":"
                + TLS_PORT
                + " 2>&1");
    assertThat(answer).contains("CN = longshore").containsPattern("(one|two) 2111 .* secret$");
  }

  @BesideOthers
  void a_flow_of_udp_stays_with_its_target_and_flows_are_spread() throws Exception {
    String same =
        bash(
            "for i in 1 2 3 4; do echo $i | socat -t 1 - UDP:"
                + address
                + ":"
                + UDP_PORT
                + ",sourceport=18698; done");
    assertThat(answered(same)).hasSize(4);
    assertThat(answered(same).stream().distinct()).hasSize(1);
    String many =
        bash(
            "for i in $(seq "
                + FLOWS
                + "); do exec 3<>/dev/udp/"
                + address
                + "/"
                + UDP_PORT
                + "; echo $i >&3; timeout 5 dd bs=2000 count=1 <&3 2>/dev/null; exec 3>&-; done");
    assertThat(answered(many)).hasSize(FLOWS).contains("one", "two");
  }
}
