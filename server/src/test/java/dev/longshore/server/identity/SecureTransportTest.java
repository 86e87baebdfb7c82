package dev.longshore.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.server.ControlPlaneSettings;
import dev.longshore.server.TlsSettings;
import dev.longshore.server.http.Certificates;
import dev.longshore.server.identity.IdentitySite.Answer;
import dev.longshore.wire.signature.Credentials;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Policies that want TLS, on a port that speaks it and on one that does not. */
class SecureTransportTest {
  private static final String ONLY_SECURE =
      "{'Effect':'Allow','Action':'*','Resource':'*'},"
          + "{'Effect':'Deny','Action':['ecs:ListClusters','ecr:DescribeRepositories'],"
          + "'Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'false'}}}";
  private static final Pattern PASSWORD = Pattern.compile("\"authorizationToken\":\"([^\"]+)\"");

  @TempDir private Path directory;

  @Test
  void what_is_denied_without_tls_is_denied_on_a_plain_port() throws Exception {
    try (var site = new IdentitySite(directory)) {
      Credentials keys = site.user("careful", ONLY_SECURE);
      Answer denied = site.ecs(keys, "ListClusters", "{}");
      assertThat(denied.status()).isEqualTo(400);
      assertThat(denied.body())
          .contains("ecs:ListClusters on resource: * with an explicit deny in an identity-based");
      assertThat(catalog(site, keys, HttpClient.newHttpClient())).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void and_is_allowed_where_the_port_speaks_tls(Version version) throws Exception {
    Certificates certificates = Certificates.in(directory, "port", "EC");
    ControlPlaneSettings settings =
        ControlPlaneSettings.local(directory.resolve("data"), 0)
            .withTls(new TlsSettings(certificates.pem(), certificates.key()));
    HttpClient client = certificates.client().version(version).build();
    try (var site = new IdentitySite(settings, client)) {
      Credentials keys = site.user("careful", ONLY_SECURE);
      assertThat(site.ecs(keys, "ListClusters", "{}").status()).isEqualTo(200);
      assertThat(catalog(site, keys, client)).isEqualTo(200);
    }
  }

  /** The status of the registry's answer to who wants to see all repositories. */
  private static int catalog(IdentitySite site, Credentials keys, HttpClient client)
      throws Exception {
    Matcher password = PASSWORD.matcher(site.ecr(keys, "GetAuthorizationToken", "{}").body());
    assertThat(password.find()).isTrue();
    HttpRequest request =
        HttpRequest.newBuilder(site.endpoint().resolve("/v2/_catalog"))
            .header("authorization", "Basic " + password.group(1))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }
}
