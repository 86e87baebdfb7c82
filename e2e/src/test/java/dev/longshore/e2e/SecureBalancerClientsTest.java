package dev.longshore.e2e;

import static dev.longshore.e2e.Balancer.forward;
import static dev.longshore.e2e.Shell.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.e2e.Shell.Result;
import io.grpc.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** TLS, HTTP/2 and gRPC through a load balancer: by curl, h2load, wrk and gRPC's own client. */
class SecureBalancerClientsTest {
  private static final int PORT = 18_543;
  private static final int POLICY_PORT = 18_544;
  private static final int BELL_PORT = 18_545;
  private static final String USUAL = "ELBSecurityPolicy-TLS13-1-2-2021-06";
  private static final Shell CURL = Shell.of("curl");

  private static final Pier pier = new Pier();
  private static Site site;
  private static Balancer balancer;
  private static String group = "";

  @BeforeAll
  static void start() throws Exception {
    site = Site.simulated(1);
    Files.createDirectories(site.data.resolve("certificates"));
    certificate("first");
    certificate("second");
    certificate("uploaded");
    balancer = Balancer.make(site.aws, "secure");
    group = balancer.group("web");
    balancer.register(group, pier.saying("hello"));
    listener(PORT, USUAL, group);
    Site.until("the listener listens", () -> curl(PORT).status() == 0);
  }

  @AfterAll
  static void stop() throws IOException {
    pier.close();
    site.close();
  }

  /** Makes a certificate for NAME.example where the program looks for NAME's. */
  private static void certificate(String name) throws Exception {
    Path files = site.data.resolve("certificates");
    Shell.of("openssl")
        .ok(
            words(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj",
                "/CN=" + name + ".example",
                "-addext",
                "subjectAltName=DNS:" + name + ".example",
                "-keyout",
                files.resolve(name + ".key").toString(),
                "-out",
                files.resolve(name + ".crt").toString()));
  }

  private static String named(String name) {
    return "CertificateArn=arn:aws:acm:us-east-1:123456789012:certificate/" + name;
  }

  /** A listener of HTTPS that sends to a group; answers its ARN. */
  private static String listener(int port, String policy, String to) throws Exception {
    return balancer.elbv2(
        "create-listener --protocol HTTPS --query Listeners[0].ListenerArn --load-balancer-arn "
            + balancer.arn(),
        "--port",
        Integer.toString(port),
        "--ssl-policy",
        policy,
        "--certificates",
        named("first"),
        "--default-actions",
        forward(to));
  }

  private static String authority(int port) {
    return balancer.address() + ':' + port;
  }

  private static Result curl(int port, String... options) throws Exception {
    return CURL.run(words("-sSkv -m 60 https://" + authority(port) + "/", options));
  }

  @BesideOthers
  void a_security_policy_says_which_versions_clients_may_speak() throws Exception {
    String listener = listener(POLICY_PORT, "ELBSecurityPolicy-TLS13-1-3-2021-06", group);
    Site.until("the listener listens", () -> curl(POLICY_PORT).status() == 0);
    assertThat(curl(POLICY_PORT, "--tlsv1.3").out()).isEqualTo("hello\n");
    assertThat(curl(POLICY_PORT, "--tls-max", "1.2").status()).isEqualTo(35);
    balancer.elbv2(
        "modify-listener --ssl-policy ELBSecurityPolicy-FS-1-2-Res-2020-10 --listener-arn "
            + listener);
    Site.until("the listener follows", () -> curl(POLICY_PORT, "--tlsv1.3").status() == 35);
    assertThat(curl(POLICY_PORT, "--tls-max", "1.2", "--ciphers", "ECDHE-ECDSA-AES256-GCM-SHA384"))
        .matches(result -> result.out().equals("hello\n"))
        .matches(result -> result.err().contains("TLSv1.2 / ECDHE-ECDSA-AES256-GCM-SHA384"));
    assertThat(
            curl(POLICY_PORT, "--tls-max", "1.2", "--ciphers", "ECDHE-ECDSA-AES256-SHA").status())
        .isEqualTo(35);
    certificatesAreFoundByName(listener);
  }

  private static void certificatesAreFoundByName(String listener) throws Exception {
    balancer.elbv2(
        "add-listener-certificates --listener-arn " + listener, "--certificates", named("second"));
    Site.until("the certificate is shown", () -> shown("second").contains("CN=second.example"));
    assertThat(shown("other")).contains("CN=first.example");
    balancer.elbv2(
        "add-listener-certificates --listener-arn " + listener,
        "--certificates",
        "CertificateArn=" + uploaded());
    Site.until("it is shown as well", () -> shown("uploaded").contains("CN=uploaded.example"));
    Result kept =
        site.aws.run(words("iam delete-server-certificate --server-certificate-name uploaded"));
    assertThat(kept.err()).contains("(DeleteConflict)").contains(" is currently in use by ");
  }

  /** Moves a certificate from its files to IAM; answers its ARN there. */
  private static String uploaded() throws Exception {
    Path body = site.data.resolve("certificates/uploaded.crt");
    Path key = site.data.resolve("certificates/uploaded.key");
    String arn =
        site.aws.ok(
            words(
                "iam upload-server-certificate --server-certificate-name uploaded --output text",
                "--query",
                "ServerCertificateMetadata.Arn",
                "--certificate-body",
                "file://" + body,
                "--private-key",
                "file://" + key));
    Files.delete(body);
    Files.delete(key);
    return arn;
  }

  /** What curl says of the certificate that it is shown when it asks for a name. */
  private static String shown(String name) throws Exception {
    String host = name + ".example:" + POLICY_PORT;
    return CURL.run("-skv", "--resolve", host + ':' + balancer.address(), "https://" + host + "/")
        .err();
  }

  @BesideOthers
  void many_streams_of_http2_and_many_connections_are_all_answered() throws Exception {
    assertThat(curl(PORT, "--http2").err()).containsPattern("< HTTP/2 200");
    String streams = Shell.of("h2load").ok("-n", "2000", "-c", "8", "-m", "16", url());
    assertThat(streams).contains("2000 succeeded, 0 failed").contains("2000 2xx");
    String connections = Shell.of("wrk").ok("-t", "1", "-c", "16", "-d", "1s", url());
    assertThat(connections)
        .containsPattern("[1-9]\\d* requests in")
        .doesNotContain("Non-2xx")
        .doesNotContain("Socket errors");
  }

  private static String url() {
    return "https://" + authority(PORT) + '/';
  }

  @BesideOthers
  void a_grpc_client_calls_a_grpc_service() throws Exception {
    Server bell = Bell.hung();
    pier.ends(bell::shutdownNow);
    String bells = balancer.group("bells", "--protocol-version", "GRPC");
    listener(BELL_PORT, USUAL, bells);
    balancer.register(bells, bell.getPort());
    // A server of gRPC that does not know the method says 12, which is well.
    balancer.untilHealth(bells, "healthy\tNone\tNone");
    assertThat(Bell.heard(balancer.address(), BELL_PORT, "first.example", "noon"))
        .hasSize(1 + 5)
        .containsOnly("rung for noon");
    assertThat(curl(BELL_PORT, "--http1.1", "-d", "x").err()).contains("< HTTP/1.1 464 ");
  }
}
