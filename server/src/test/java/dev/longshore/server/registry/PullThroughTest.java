package dev.longshore.server.registry;

import static dev.longshore.server.registry.Wharf.digest;
import static dev.longshore.server.registry.Wharf.error;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.longshore.core.operation.Caller;
import dev.longshore.server.ControlPlaneSettings;
import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that come from another registry: here a second Longshore that lets everybody read. */
class PullThroughTest {
  @TempDir private static Path here;
  @TempDir private static Path there;
  private static Wharf wharf;
  private static Wharf upstream;

  @BeforeAll
  static void start() throws Exception {
    wharf = new Wharf(here).with();
    upstream = new Wharf(ControlPlaneSettings.local(there, 0).withAuthentication(false));
    rule("cache", upstream.host(), "");
  }

  @AfterAll
  static void stop() {
    wharf.close();
    upstream.close();
  }

  private static Json ecr(String action, String members) throws Exception {
    return wharf.ecr(action, '{' + members.replace('\'', '"') + '}');
  }

  private static Json rule(String prefix, String host, String more) throws Exception {
    return ecr(
        "CreatePullThroughCacheRule",
        "'ecrRepositoryPrefix':'" + prefix + "','upstreamRegistryUrl':'" + host + "'" + more);
  }

  private static byte[] pushed(String repository, String tag, String layer) throws Exception {
    upstream.ecr("CreateRepository", "{\"repositoryName\":\"" + repository + "\"}");
    byte[] manifest = upstream.image(repository, layer, "");
    assertThat(upstream.put(repository, tag, manifest).statusCode()).isEqualTo(201);
    return manifest;
  }

  @Test
  void a_pull_fetches_the_image_whole_and_it_stays_when_the_other_loses_it() throws Exception {
    byte[] manifest = pushed("library/nginx", "1", "nginx layer");
    var head = wharf.call("HEAD", "/v2/cache/library/nginx/manifests/1");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(Wharf.header(head, "docker-content-digest")).isEqualTo(digest(manifest));
    upstream.ecr("DeleteRepository", "{\"repositoryName\":\"library/nginx\",\"force\":true}");
    var got = wharf.call("GET", "/v2/cache/library/nginx/manifests/1");
    assertThat(got.body()).isEqualTo(manifest);
    String layer = digest("nginx layer".getBytes(UTF_8));
    assertThat(
            new String(wharf.call("GET", "/v2/cache/library/nginx/blobs/" + layer).body(), UTF_8))
        .isEqualTo("nginx layer");
    Json detail =
        ecr("DescribeImages", "'repositoryName':'cache/library/nginx'")
            .at("imageDetails")
            .elements()
            .getFirst();
    assertThat(detail.at("imageTags").texts()).containsExactly("1");
  }

  @Test
  void an_index_comes_alone_and_its_image_when_it_is_asked_for() throws Exception {
    byte[] image = pushed("multi", "amd64", "one platform");
    String child = Wharf.descriptor(Wharf.MANIFEST, digest(image), image.length, null);
    byte[] index = ("{\"schemaVersion\":2,\"manifests\":[" + child + "]}").getBytes(UTF_8);
    assertThat(upstream.put("multi", "all", index, Wharf.INDEX).statusCode()).isEqualTo(201);
    var got = wharf.call("GET", "/v2/cache/multi/manifests/all");
    assertThat(got.body()).isEqualTo(index);
    assertThat(sizeOf("all")).isZero();
    assertThat(wharf.call("GET", "/v2/cache/multi/manifests/" + digest(image)).body())
        .isEqualTo(image);
    assertThat(sizeOf("all")).isPositive();
  }

  @Test
  void batch_get_image_fetches_too_and_tells_what_hinders_it() throws Exception {
    byte[] manifest = pushed("batch", "1", "a batch's layer");
    Json answer =
        ecr(
            "BatchGetImage",
            "'repositoryName':'cache/batch','imageIds':[{'imageTag':'1'},{'imageTag':'2'}]");
    assertThat(answer.at("images").elements().getFirst().at("imageManifest").text())
        .isEqualTo(new String(manifest, UTF_8));
    assertThat(answer.at("failures").elements().getFirst().at("failureCode").text())
        .isEqualTo("ImageNotFound");
    rule("nobody", "127.0.0.1:9", "");
    Json failed =
        ecr("BatchGetImage", "'repositoryName':'nobody/app','imageIds':[{'imageTag':'1'}]");
    assertThat(failed.at("failures").elements().getFirst().at("failureCode").text())
        .isEqualTo("UpstreamUnavailable");
  }

  private static long sizeOf(String tag) throws Exception {
    return ecr(
            "DescribeImages",
            "'repositoryName':'cache/multi','imageIds':[{'imageTag':'" + tag + "'}]")
        .at("imageDetails")
        .elements()
        .getFirst()
        .at("imageSizeInBytes")
        .number();
  }

  @Test
  void what_the_other_does_not_have_is_not_here_and_no_repository_is_made() throws Exception {
    var missing = wharf.call("GET", "/v2/cache/nothing/manifests/1");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(error(missing)).isEqualTo("MANIFEST_UNKNOWN");
    assertThat(ecr("ListImages", "'repositoryName':'cache/nothing'").at("__type").text())
        .endsWith("RepositoryNotFoundException");
    assertThat(wharf.call("GET", "/v2/other/nothing/manifests/1").statusCode()).isEqualTo(404);
  }

  @Test
  void a_template_says_what_the_repository_is_like_and_a_prefix_where_it_is_there()
      throws Exception {
    rule("mirror", upstream.host(), ",'upstreamRepositoryPrefix':'deep/down'");
    ecr(
        "CreateRepositoryCreationTemplate",
        "'prefix':'mirror','appliedFor':['PULL_THROUGH_CACHE'],'imageTagMutability':'IMMUTABLE'");
    byte[] first = pushed("deep/down/app", "v1", "first");
    assertThat(wharf.call("GET", "/v2/mirror/app/manifests/v1").body()).isEqualTo(first);
    Json row =
        ecr("DescribeRepositories", "'repositoryNames':['mirror/app']")
            .at("repositories")
            .elements()
            .getFirst();
    assertThat(row.at("imageTagMutability").text()).isEqualTo("IMMUTABLE");
  }

  @Test
  void who_may_not_import_gets_only_what_is_here() throws Exception {
    pushed("rights/app", "v1", "rights");
    Caller starter = wharf.session("ecsTaskExecutionRole", "1");
    String password = RegistryTokens.in(here).password(starter, Instant.now().plusSeconds(60));
    wharf.authorization(Wharf.basic("AWS:" + password));
    try {
      var denied = wharf.call("GET", "/v2/cache/rights/app/manifests/v1");
      assertThat(denied.statusCode()).isEqualTo(403);
      assertThat(new String(denied.body(), UTF_8)).contains("ecr:CreateRepository");
      wharf.with();
      assertThat(wharf.call("GET", "/v2/cache/rights/app/manifests/v1").statusCode())
          .isEqualTo(200);
      wharf.authorization(Wharf.basic("AWS:" + password));
      assertThat(wharf.call("GET", "/v2/cache/rights/app/manifests/v1").statusCode())
          .isEqualTo(200);
    } finally {
      wharf.with();
    }
  }

  @Test
  void rules_are_created_once_described_validated_updated_and_deleted() throws Exception {
    Json made = rule("rules", "https://127.0.0.1:1/", "");
    assertThat(made.at("upstreamRegistryUrl").text()).isEqualTo("127.0.0.1:1");
    assertThat(rule("rules", "quay.io", "").at("__type").text())
        .endsWith("PullThroughCacheRuleAlreadyExistsException");
    assertThat(rule("wrong", "not a host", "").at("__type").text())
        .endsWith("UnsupportedUpstreamRegistryException");
    String secret =
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/hub-a1b2c3";
    assertThat(rule("secret", "ghcr.io", ",'credentialArn':'" + secret + "'").at("__type").text())
        .endsWith("UnableToAccessSecretException");
    String prefix = "'ecrRepositoryPrefix':'rules'";
    Json invalid = ecr("ValidatePullThroughCacheRule", prefix);
    assertThat(invalid.at("isValid").flag()).isFalse();
    assertThat(invalid.at("failure").text()).contains("cannot be reached");
    assertThat(
            ecr("ValidatePullThroughCacheRule", "'ecrRepositoryPrefix':'cache'")
                .at("isValid")
                .flag())
        .isTrue();
    var refused = wharf.call("GET", "/v2/rules/app/manifests/1");
    assertThat(refused.statusCode()).isEqualTo(502);
    String role = "arn:aws:iam::123456789012:role/puller";
    ecr("UpdatePullThroughCacheRule", prefix + ",'customRoleArn':'" + role + "'");
    Json described = ecr("DescribePullThroughCacheRules", "'ecrRepositoryPrefixes':['rules']");
    assertThat(
            described.at("pullThroughCacheRules").elements().getFirst().at("customRoleArn").text())
        .isEqualTo(role);
    assertThat(ecr("DescribePullThroughCacheRules", "'maxResults':1").at("nextToken").text())
        .isNotEmpty();
    ecr("DeletePullThroughCacheRule", prefix);
    Json gone = ecr("DeletePullThroughCacheRule", prefix);
    assertThat(gone.at("__type").text()).endsWith("PullThroughCacheRuleNotFoundException");
    assertThat(gone.at("message").text())
        .isEqualTo(
            "The pull through cache rule with prefix 'rules' does not exist in the registry with"
                + " id '123456789012'");
  }

  @Test
  void a_registry_that_wants_a_token_of_everybody_is_asked_for_one() throws Exception {
    byte[] manifest = pushed("tokens", "1", "tokens").clone();
    HttpServer guard =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String host = "127.0.0.1:" + guard.getAddress().getPort();
    guard.createContext(
        "/token",
        exchange -> {
          String query = exchange.getRequestURI().getQuery();
          boolean right = "service=guard&scope=repository:tokens:pull".equals(query);
          answer(exchange, right ? 200 : 400, "{\"token\":\"open\"}".getBytes(UTF_8));
        });
    guard.createContext("/v2/", exchange -> guarded(exchange, host));
    guard.start();
    try {
      rule("guarded", host, "");
      assertThat(wharf.call("GET", "/v2/guarded/tokens/manifests/1").body()).isEqualTo(manifest);
    } finally {
      guard.stop(0);
    }
  }

  private static void guarded(HttpExchange exchange, String host) throws IOException {
    if (!"Bearer open".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange
          .getResponseHeaders()
          .add("WWW-Authenticate", "Bearer realm=\"http://" + host + "/token\",service=\"guard\"");
      answer(exchange, 401, new byte[0]);
      return;
    }
    try {
      var answer = upstream.call("GET", exchange.getRequestURI().getPath());
      exchange.getResponseHeaders().add("Content-Type", Wharf.header(answer, "content-type"));
      answer(exchange, answer.statusCode(), answer.body());
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
