package dev.longshore.server.registry;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long what a request says may be, as Amazon ECR's quotas have it. */
class LimitsTest {
  private static final String REPOSITORY = "\"repositoryName\":\"team/app\"";

  @TempDir private static Path directory;
  private static Wharf wharf;

  @BeforeAll
  static void start() throws Exception {
    wharf = new Wharf(directory).with("team/app");
  }

  @AfterAll
  static void stop() throws IOException {
    wharf.close();
  }

  /** Asserts that a call is refused for that member. */
  private static void assertInvalid(String action, String member, String input) throws Exception {
    Json answer = wharf.ecr(action, '{' + input.replace('\'', '"') + '}');
    assertThat(answer.at("__type").text()).as(action).endsWith("InvalidParameterException");
    assertThat(answer.at("message").text()).as(action).contains("'" + member + "'");
  }

  private static String list(String item, int count) {
    return '[' + String.join(",", Collections.nCopies(count, item)) + ']';
  }

  private static String rule(int number) {
    return "{'rulePriority':"
        + number
        + ",'selection':{'tagStatus':'tagged','tagPrefixList':['p"
        + number
        + "'],'countType':'imageCountMoreThan','countNumber':1},'action':{'type':'expire'}}";
  }

  private static String policy(int rules, String description) {
    String all = IntStream.rangeClosed(1, rules).mapToObj(LimitsTest::rule).collect(joining(","));
    return "{'rules':[" + all + "],'description':'" + description + "'}";
  }

  private static Json putPolicy(String text) throws Exception {
    return wharf.ecr(
        "PutLifecyclePolicy",
        Json.fields()
            .with("repositoryName", Json.of("team/app"))
            .with("lifecyclePolicyText", Json.of(text.replace('\'', '"')))
            .write());
  }

  @Test
  void a_lifecycle_policy_has_fifty_rules_and_between_100_and_30_720_characters() throws Exception {
    assertThat(putPolicy(policy(50, "")).at("__type").text()).isEmpty();
    assertThat(putPolicy(policy(51, "")).at("message").text())
        .isEqualTo(
            "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle"
                + " policy validation failure: a policy must have between 1 and 50 rules'");
    String empty = policy(1, "");
    assertThat(putPolicy(policy(1, "x".repeat(30_720 - empty.length()))).at("__type").text())
        .isEmpty();
    for (String text : new String[] {policy(1, "x".repeat(30_721 - empty.length())), "{}"}) {
      Json refused = putPolicy(text);
      assertThat(refused.at("__type").text()).endsWith("InvalidParameterException");
      assertThat(refused.at("message").text()).contains("'lifecyclePolicyText'");
    }
  }

  @Test
  void policies_of_repositories_and_registries_have_10_240_characters() throws Exception {
    String text = "'policyText':'" + "x".repeat(10_241) + '\'';
    assertInvalid("SetRepositoryPolicy", "policyText", REPOSITORY + ',' + text);
    assertInvalid("PutRegistryPolicy", "policyText", text);
  }

  @Test
  void pages_and_batches_are_bounded() throws Exception {
    for (int wrong : new int[] {0, 1_001}) {
      assertInvalid("DescribeRepositories", "maxResults", "'maxResults':" + wrong);
      assertInvalid("ListImages", "maxResults", REPOSITORY + ",'maxResults':" + wrong);
      assertInvalid("DescribeImages", "maxResults", REPOSITORY + ",'maxResults':" + wrong);
    }
    String images = REPOSITORY + ",'imageIds':" + list("{'imageTag':'v1'}", 101);
    assertInvalid("BatchGetImage", "imageIds", images);
    assertInvalid("BatchDeleteImage", "imageIds", images);
    String layers = REPOSITORY + ",'layerDigests':" + list("'sha256:00'", 101);
    assertInvalid("BatchCheckLayerAvailability", "layerDigests", layers);
    String ids = "'registryIds':" + list("'123456789012'", 11);
    assertInvalid("GetAuthorizationToken", "registryIds", ids);
  }

  private static String part(String upload, int length) {
    return REPOSITORY
        + ",\"uploadId\":\"%s\",\"partFirstByte\":0,\"partLastByte\":%d,\"layerPartBlob\":\"%s\""
            .formatted(upload, length - 1, Base64.getEncoder().encodeToString(new byte[length]));
  }

  @Test
  void manifests_tags_parts_and_rules_of_replication_are_bounded() throws Exception {
    String manifest = REPOSITORY + ",'imageManifest':'" + "x".repeat((4 << 20) + 1) + '\'';
    assertInvalid("PutImage", "imageManifest", manifest);
    String tag = REPOSITORY + ",'imageManifest':'{}','imageTag':'" + "x".repeat(301) + '\'';
    assertInvalid("PutImage", "imageTag", tag);
    String upload = wharf.ecr("InitiateLayerUpload", '{' + REPOSITORY + '}').at("uploadId").text();
    String part = part(upload, (20 << 20) + 1);
    assertInvalid("UploadLayerPart", "layerPartBlob", part);
    Json taken = wharf.ecr("UploadLayerPart", '{' + part(upload, 20 << 20) + '}');
    assertThat(taken.at("lastByteReceived").number()).isEqualTo((20 << 20) - 1);
    String rule = "{'destinations':[{'region':'us-west-2','registryId':'123456789012'}]}";
    assertInvalid(
        "PutReplicationConfiguration",
        "replicationConfiguration.rules",
        "'replicationConfiguration':{'rules':" + list(rule, 11) + '}');
  }
}
