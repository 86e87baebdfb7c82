package dev.longshore.server.registry;

import static dev.longshore.server.registry.Wharf.error;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.operation.Caller;
import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose passwords open what, and for how long. */
class RegistryRightsTest {
  private static final String ACCOUNT = "123456789012";
  private static final String SESSION =
      "arn:aws:sts::" + ACCOUNT + ":assumed-role/ecsTaskExecutionRole/ab12";

  @TempDir private static Path directory;
  private static Wharf wharf;
  private static int count;
  private String repo = "";

  @BeforeAll
  static void start() throws IOException {
    wharf = new Wharf(directory);
  }

  @AfterAll
  static void stop() {
    wharf.close();
  }

  @BeforeEach
  void push() throws Exception {
    repo = "shop/app-" + ++count;
    wharf.with(repo);
    assertThat(wharf.put(repo, "v1", wharf.image(repo, "layer", "")).statusCode()).isEqualTo(201);
  }

  @AfterEach
  void back() throws Exception {
    wharf.with();
  }

  private static void comeAs(Caller caller, Instant until) throws IOException {
    String password = RegistryTokens.in(directory).password(caller, until);
    wharf.authorization(Wharf.basic("AWS:" + password));
  }

  private static void comeAs(Caller caller) throws IOException {
    comeAs(caller, Instant.now().plusSeconds(60));
  }

  private HttpResponse<byte[]> pull() throws Exception {
    return wharf.call("GET", "/v2/" + repo + "/manifests/v1");
  }

  private Json policy(String effect, String principal, String action) throws Exception {
    String text =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\""
            + effect
            + "\",\"Principal\":{\"AWS\":\""
            + principal
            + "\"},\"Action\":\""
            + action
            + "\"}]}";
    return wharf.ecr(
        "SetRepositoryPolicy",
        "{\"repositoryName\":\"" + repo + "\",\"policyText\":" + Json.of(text).write() + "}");
  }

  private static String message(HttpResponse<byte[]> refused) {
    return Wharf.json(refused).at("errors").elements().getFirst().at("message").text();
  }

  @Test
  void a_password_lasts_twelve_hours() throws Exception {
    Json data =
        wharf.ecr("GetAuthorizationToken", "{}").at("authorizationData").elements().getFirst();
    Instant end = Instant.ofEpochSecond(data.at("expiresAt").number());
    assertThat(Duration.between(Instant.now(), end))
        .isBetween(Duration.ofHours(12).minusMinutes(2), Duration.ofHours(12));
  }

  @Test
  void an_expired_password_gets_401_and_a_new_one_helps() throws Exception {
    comeAs(Caller.root(ACCOUNT), Instant.now().minusSeconds(1));
    var expired = pull();
    assertThat(expired.statusCode()).isEqualTo(401);
    assertThat(error(expired)).isEqualTo("UNAUTHORIZED");
    assertThat(message(expired))
        .isEqualTo("Your authorization token has expired. Reauthenticate and try again.");
    wharf.with();
    assertThat(pull().statusCode()).isEqualTo(200);
  }

  @Test
  void a_password_under_another_servers_key_gets_401() throws Exception {
    String forged =
        RegistryTokens.under("x".repeat(32).getBytes(UTF_8))
            .password(Caller.root(ACCOUNT), Instant.now().plusSeconds(60));
    wharf.authorization(Wharf.basic("AWS:" + forged));
    var refused = pull();
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(error(refused)).isEqualTo("UNAUTHORIZED");
  }

  @Test
  void an_execution_role_may_pull_and_nothing_else() throws Exception {
    comeAs(wharf.session("ecsTaskExecutionRole", "ab12"));
    assertThat(pull().statusCode()).isEqualTo(200);
    for (String[] each :
        new String[][] {
          {"POST", "/blobs/uploads/", "InitiateLayerUpload"},
          {"PUT", "/manifests/v2", "PutImage"},
          {"DELETE", "/manifests/v1", "BatchDeleteImage"},
          {"GET", "/tags/list", "ListImages"},
        }) {
      var refused = wharf.call(each[0], "/v2/" + repo + each[1]);
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(error(refused)).isEqualTo("DENIED");
      assertThat(message(refused))
          .isEqualTo(
              "User: "
                  + SESSION
                  + " is not authorized to perform: ecr:"
                  + each[2]
                  + " on resource: arn:aws:ecr:us-east-1:123456789012:repository/"
                  + repo
                  + " because no identity-based policy allows the ecr:"
                  + each[2]
                  + " action");
    }
  }

  @Test
  void the_role_of_a_tasks_containers_may_not_even_pull() throws Exception {
    comeAs(wharf.session("ecsEventsRole", "ab12"));
    assertThat(pull().statusCode()).isEqualTo(403);
  }

  @Test
  void a_policy_allows_a_role_more_and_only_there() throws Exception {
    policy("Allow", "arn:aws:iam::123456789012:role/ecsTaskExecutionRole", "ecr:ListImages");
    comeAs(wharf.session("ecsTaskExecutionRole", "ab12"));
    assertThat(wharf.call("GET", "/v2/" + repo + "/tags/list").statusCode()).isEqualTo(200);
    comeAs(wharf.session("ecsServiceRole", "ab12"));
    assertThat(wharf.call("GET", "/v2/" + repo + "/tags/list").statusCode()).isEqualTo(403);
  }

  @Test
  void a_policy_denies_a_role_what_others_may() throws Exception {
    policy("Deny", "arn:aws:iam::123456789012:role/ecsTaskExecutionRole", "ecr:Get*");
    String layer = Wharf.digest("layer".getBytes(UTF_8));
    assertThat(wharf.call("GET", "/v2/" + repo + "/blobs/" + layer).statusCode()).isEqualTo(200);
    comeAs(wharf.session("ecsTaskExecutionRole", "ab12"));
    var refused = wharf.call("GET", "/v2/" + repo + "/blobs/" + layer);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(message(refused))
        .startsWith(
            "User: " + SESSION + " is not authorized to perform: ecr:GetDownloadUrlForLayer")
        .endsWith(" with an explicit deny in a resource-based policy");
    assertThat(pull().statusCode()).isEqualTo(200);
  }

  @Test
  void a_policy_binds_the_api_too_and_root_can_always_take_it_off() throws Exception {
    policy("Deny", "*", "ecr:*");
    String name = "{\"repositoryName\":\"" + repo + "\"";
    Json refused = wharf.ecr("ListImages", name + "}");
    assertThat(refused.at("__type").text()).isEqualTo("AccessDeniedException");
    assertThat(refused.at("message").text()).contains("ecr:ListImages").contains("explicit deny");
    assertThat(
            wharf
                .ecr("BatchGetImage", name + ",\"imageIds\":[{\"imageTag\":\"v1\"}]}")
                .at("__type")
                .text())
        .isEqualTo("AccessDeniedException");
    assertThat(wharf.ecr("GetRepositoryPolicy", name + "}").at("policyText").text()).isNotEmpty();
    wharf.ecr("DeleteRepositoryPolicy", name + "}");
    assertThat(pull().statusCode()).isEqualTo(200);
  }

  @Test
  void a_password_gives_no_more_than_its_holder_has_now() throws Exception {
    comeAs(Caller.root(ACCOUNT));
    assertThat(pull().statusCode()).isEqualTo(200);
    policy("Deny", "arn:aws:iam::123456789012:root", "ecr:BatchGetImage");
    assertThat(pull().statusCode()).isEqualTo(403);
  }
}
