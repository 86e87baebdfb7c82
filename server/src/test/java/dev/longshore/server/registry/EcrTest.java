package dev.longshore.server.registry;

import static dev.longshore.server.registry.Wharf.digest;
import static dev.longshore.server.registry.Wharf.error;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amazon ECR's own API, with its texts. */
class EcrTest {
  private static final String REGISTRY = "in the registry with id '123456789012'";

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
  void create() throws Exception {
    repo = "team/app-" + ++count;
    wharf.with(repo);
  }

  /** Calls an action about the test's repository; members are given with single quotes. */
  private Json ecr(String action, String more) throws Exception {
    String comma = more.isEmpty() ? "" : ",";
    return wharf.ecr(
        action, "{\"repositoryName\":\"" + repo + "\"" + comma + more.replace('\'', '"') + "}");
  }

  private static void assertError(Json answer, String code, String message) {
    assertThat(answer.at("__type").text()).endsWith(code);
    assertThat(answer.at("message").text()).isEqualTo(message);
  }

  private byte[] pushed(String tag, String layer) throws Exception {
    byte[] manifest = wharf.image(repo, layer, "");
    assertThat(wharf.put(repo, tag, manifest).statusCode()).isEqualTo(201);
    return manifest;
  }

  private static String quoted(String text) {
    return Json.of(text).write();
  }

  @Test
  void a_repository_is_described_as_it_was_created() throws Exception {
    Json row = named(repo);
    assertThat(row.at("repositoryArn").text())
        .isEqualTo("arn:aws:ecr:us-east-1:123456789012:repository/" + repo);
    assertThat(row.at("registryId").text()).isEqualTo("123456789012");
    assertThat(row.at("repositoryUri").text()).isEqualTo(wharf.host() + "/" + repo);
    assertThat(row.at("imageTagMutability").text()).isEqualTo("MUTABLE");
    assertThat(row.at("encryptionConfiguration", "encryptionType").text()).isEqualTo("AES256");
    assertThat(row.at("imageScanningConfiguration", "scanOnPush").flag()).isFalse();
  }

  private static Json named(String name) throws Exception {
    Json answer = wharf.ecr("DescribeRepositories", "{\"repositoryNames\":[\"" + name + "\"]}");
    return answer.at("repositories").elements().getFirst();
  }

  @Test
  void names_are_checked_and_given_once() throws Exception {
    assertError(
        ecr("CreateRepository", ""),
        "RepositoryAlreadyExistsException",
        "The repository with name '" + repo + "' already exists " + REGISTRY);
    assertError(
        wharf.ecr("CreateRepository", "{\"repositoryName\":\"Upper\"}"),
        "InvalidParameterException",
        "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular"
            + " expression '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)"
            + "[a-z0-9]+)*)*''");
    assertError(
        wharf.ecr("ListImages", "{\"repositoryName\":\"absent\"}"),
        "RepositoryNotFoundException",
        "The repository with name 'absent' does not exist " + REGISTRY);
  }

  @Test
  void a_token_is_user_and_password_for_twelve_hours() throws Exception {
    Json data =
        wharf.ecr("GetAuthorizationToken", "{}").at("authorizationData").elements().getFirst();
    assertThat(data.at("proxyEndpoint").text()).isEqualTo("https://" + wharf.host());
    byte[] pair = Base64.getDecoder().decode(data.at("authorizationToken").text());
    assertThat(new String(pair, UTF_8)).startsWith("AWS:");
  }

  @Test
  void a_repository_with_images_is_deleted_by_force_only() throws Exception {
    pushed("v1", "layer");
    assertError(
        ecr("DeleteRepository", ""),
        "RepositoryNotEmptyException",
        "The repository with name '"
            + repo
            + "' in registry with id '123456789012' cannot be deleted because it still contains"
            + " images");
    assertThat(ecr("DeleteRepository", "'force':true").at("repository", "repositoryName").text())
        .isEqualTo(repo);
    assertThat(wharf.call("GET", "/v2/" + repo + "/tags/list").statusCode()).isEqualTo(404);
  }

  @Test
  void images_are_listed_and_described() throws Exception {
    byte[] first = pushed("v1", "one");
    pushed("v2", "two");
    wharf.put(repo, "also", first);
    wharf.call("DELETE", "/v2/" + repo + "/manifests/v2");
    assertThat(ecr("ListImages", "").at("imageIds").elements()).hasSize(3);
    assertThat(ecr("ListImages", "'filter':{'tagStatus':'UNTAGGED'}").at("imageIds").elements())
        .hasSize(1);
    assertThat(ecr("ListImages", "'maxResults':1").at("nextToken").text()).isNotEmpty();
    Json detail =
        ecr("DescribeImages", "'imageIds':[{'imageTag':'v1'}]")
            .at("imageDetails")
            .elements()
            .getFirst();
    assertThat(detail.at("imageDigest").text()).isEqualTo(digest(first));
    assertThat(detail.at("imageTags").texts()).containsExactly("also", "v1");
    assertThat(detail.at("imageSizeInBytes").number()).isEqualTo(3 + "{\"of\":\"one\"}".length());
    assertError(
        ecr("DescribeImages", "'imageIds':[{'imageTag':'v9'}]"),
        "ImageNotFoundException",
        "The image with imageId {imageDigest:'null', imageTag:'v9'} does not exist within the"
            + " repository with name '"
            + repo
            + "' "
            + REGISTRY);
  }

  @Test
  void an_image_goes_with_its_last_tag() throws Exception {
    byte[] image = pushed("a", "layer");
    wharf.put(repo, "b", image);
    ecr("BatchDeleteImage", "'imageIds':[{'imageTag':'a'}]");
    assertThat(ecr("ListImages", "").at("imageIds").elements()).hasSize(1);
    ecr("BatchDeleteImage", "'imageIds':[{'imageTag':'b'}]");
    assertThat(ecr("ListImages", "").at("imageIds").elements()).isEmpty();
  }

  @Test
  void a_listed_image_is_not_deleted_before_its_index() throws Exception {
    byte[] image = pushed("v1", "layer");
    String child = Wharf.descriptor(Wharf.MANIFEST, digest(image), image.length, null);
    byte[] index = ("{\"schemaVersion\":2,\"manifests\":[" + child + "]}").getBytes(UTF_8);
    wharf.put(repo, "multi", index, Wharf.INDEX);
    Json failure =
        ecr("BatchDeleteImage", "'imageIds':[{'imageDigest':'" + digest(image) + "'}]")
            .at("failures")
            .elements()
            .getFirst();
    assertThat(failure.at("failureCode").text()).isEqualTo("ImageReferencedByManifestList");
    assertThat(failure.at("failureReason").text())
        .isEqualTo("Requested image referenced by manifest list: [" + digest(index) + "]");
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', MissingDigestAndTag",
    "'{\"imageTag\":\"nope\"}', ImageNotFound",
    "'{\"imageDigest\":\"sha256:1\"}', InvalidImageDigest",
    "'{\"imageTag\":\"-\"}', InvalidImageTag",
  })
  void batches_say_why_an_image_is_not_there(String id, String code) throws Exception {
    Json answer =
        wharf.ecr(
            "BatchGetImage", "{\"repositoryName\":\"" + repo + "\",\"imageIds\":[" + id + "]}");
    assertThat(answer.at("failures").elements().getFirst().at("failureCode").text())
        .isEqualTo(code);
  }

  @Test
  void an_image_is_put_and_got_through_the_api() throws Exception {
    String manifest = new String(wharf.image(repo, "layer", ""), UTF_8);
    String put = "'imageTag':'v1','imageManifest':";
    Json image = wharf.ecr("PutImage", body(put) + quoted(manifest) + "}").at("image");
    assertThat(image.at("imageId", "imageDigest").text())
        .isEqualTo(digest(manifest.getBytes(UTF_8)));
    assertError(
        wharf.ecr("PutImage", body(put) + quoted(manifest) + "}"),
        "ImageAlreadyExistsException",
        "Image with digest '"
            + digest(manifest.getBytes(UTF_8))
            + "' and tag 'v1' already exists in the repository with name '"
            + repo
            + "' in registry with id '123456789012'");
    Json got = ecr("BatchGetImage", "'imageIds':[{'imageTag':'v1'}]");
    assertThat(got.at("images").elements().getFirst().at("imageManifest").text())
        .isEqualTo(manifest);
    assertError(
        wharf.ecr("PutImage", body(put) + "\"{\"}"),
        "InvalidParameterException",
        "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON"
            + " syntax'");
  }

  private String body(String more) {
    return "{\"repositoryName\":\"" + repo + "\"," + more.replace('\'', '"');
  }

  @Test
  void a_layer_goes_up_part_by_part_and_comes_down_by_its_url() throws Exception {
    String id = ecr("InitiateLayerUpload", "").at("uploadId").text();
    String part = Base64.getEncoder().encodeToString("hello".getBytes(UTF_8));
    String upload = "'uploadId':'" + id + "'";
    String range = ",'partFirstByte':0,'partLastByte':4,'layerPartBlob':'" + part + "'";
    assertThat(ecr("UploadLayerPart", upload + range).at("lastByteReceived").number()).isEqualTo(4);
    Json again = ecr("UploadLayerPart", upload + range);
    assertThat(again.at("__type").text()).endsWith("InvalidLayerPartException");
    assertThat(again.at("lastValidByteReceived").number()).isEqualTo(4);
    String digest = digest("hello".getBytes(UTF_8));
    String digests = ",'layerDigests':['" + digest + "']";
    assertThat(ecr("CompleteLayerUpload", upload + digests).at("layerDigest").text())
        .isEqualTo(digest);
    assertThat(ecr("CompleteLayerUpload", upload + digests).at("__type").text())
        .endsWith("UploadNotFoundException");
    Json check = ecr("BatchCheckLayerAvailability", "'layerDigests':['" + digest + "','bad']");
    assertThat(check.at("layers").elements().getFirst().at("layerAvailability").text())
        .isEqualTo("AVAILABLE");
    assertThat(check.at("failures").elements().getFirst().at("failureCode").text())
        .isEqualTo("InvalidLayerDigest");
    String url =
        ecr("GetDownloadUrlForLayer", "'layerDigest':'" + digest + "'").at("downloadUrl").text();
    wharf.authorization("");
    assertThat(new String(wharf.call("GET", url).body(), UTF_8)).isEqualTo("hello");
    assertThat(wharf.call("GET", url + "x").statusCode()).isEqualTo(401);
  }

  @Test
  void an_immutable_tag_stays_where_it_is_but_for_its_exclusions() throws Exception {
    byte[] old = pushed("v1", "old");
    pushed("dev-1", "old");
    ecr(
        "PutImageTagMutability",
        "'imageTagMutability':'IMMUTABLE_WITH_EXCLUSION','imageTagMutabilityExclusionFilters':"
            + "[{'filterType':'WILDCARD','filter':'dev-*'}]");
    byte[] image = wharf.image(repo, "new", "");
    var refused = wharf.put(repo, "v1", image);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(error(refused)).isEqualTo("TAG_INVALID");
    assertThat(Wharf.json(refused).at("errors").elements().getFirst().at("message").text())
        .isEqualTo(
            "The image tag 'v1' already exists in the '"
                + repo
                + "' repository and cannot be overwritten because the tag is immutable.");
    assertThat(wharf.call("GET", "/v2/" + repo + "/manifests/v1").body()).isEqualTo(old);
    assertThat(wharf.put(repo, "dev-1", image).statusCode()).isEqualTo(201);
    assertThat(wharf.put(repo, "v1", old).statusCode()).isEqualTo(201);
    assertThat(
            ecr("PutImageTagMutability", "'imageTagMutability':'MUTABLE_WITH_EXCLUSION'")
                .at("__type")
                .text())
        .endsWith("InvalidParameterException");
  }

  @Test
  void a_policy_that_denies_a_pull_is_obeyed() throws Exception {
    pushed("v1", "layer");
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\","
            + "\"Action\":[\"ecr:BatchGetImage\"]}]}";
    wharf.ecr("SetRepositoryPolicy", body("'policyText':") + quoted(policy) + "}");
    var denied = wharf.call("GET", "/v2/" + repo + "/manifests/v1");
    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(error(denied)).isEqualTo("DENIED");
    assertThat(wharf.put(repo, "v2", wharf.image(repo, "x", "")).statusCode()).isEqualTo(201);
    assertThat(ecr("GetRepositoryPolicy", "").at("policyText").text()).isEqualTo(policy);
    ecr("DeleteRepositoryPolicy", "");
    assertThat(wharf.call("GET", "/v2/" + repo + "/manifests/v1").statusCode()).isEqualTo(200);
    assertError(
        ecr("GetRepositoryPolicy", ""),
        "RepositoryPolicyNotFoundException",
        "Repository policy does not exist for the repository with name '" + repo + "' " + REGISTRY);
    assertError(
        ecr("SetRepositoryPolicy", "'policyText':'{}'"),
        "InvalidParameterException",
        "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository"
            + " policy provided'");
  }

  private static String rule(int priority, String selection) {
    return "{\"rulePriority\":"
        + priority
        + ",\"selection\":{"
        + selection.replace('\'', '"')
        + "},\"action\":{\"type\":\"expire\"}}";
  }

  private static String policy(String... rules) {
    return long100("{\"rules\":[" + String.join(",", rules) + "]}");
  }

  /** The API takes policies of a hundred letters or more. */
  private static String long100(String text) {
    return quoted(text + " ".repeat(100));
  }

  private static final String KEEP_2 =
      "'tagStatus':'any','countType':'imageCountMoreThan','countNumber':2";

  @Test
  void a_lifecycle_policy_is_tried_out_and_then_expires_the_oldest() throws Exception {
    pushed("keep-1", "0");
    for (int at = 1; at <= 4; at++) {
      pushed("v" + at, Integer.toString(at));
    }
    String shield =
        rule(
            1,
            "'tagStatus':'tagged','tagPrefixList':['keep'],'countType':'imageCountMoreThan',"
                + "'countNumber':9");
    String text = policy(shield, rule(2, KEEP_2));
    wharf.ecr("StartLifecyclePolicyPreview", body("'lifecyclePolicyText':") + text + "}");
    Json preview = ecr("GetLifecyclePolicyPreview", "");
    assertThat(preview.at("status").text()).isEqualTo("COMPLETE");
    assertThat(preview.at("summary", "expiringImageTotalCount").number()).isEqualTo(2);
    assertThat(preview.at("previewResults").elements())
        .extracting(each -> each.at("imageTags").texts().getFirst())
        .containsExactlyInAnyOrder("v1", "v2");
    wharf.ecr("PutLifecyclePolicy", body("'lifecyclePolicyText':") + text + "}");
    Json tags = Wharf.json(wharf.call("GET", "/v2/" + repo + "/tags/list")).at("tags");
    assertThat(tags.texts()).containsExactly("keep-1", "v3", "v4");
    ecr("DeleteLifecyclePolicy", "");
    assertError(
        ecr("GetLifecyclePolicy", ""),
        "LifecyclePolicyNotFoundException",
        "Lifecycle policy does not exist for the repository with name '" + repo + "' " + REGISTRY);
  }

  @Test
  void a_lifecycle_policy_that_makes_no_sense_is_refused() throws Exception {
    String any = rule(1, KEEP_2);
    String untagged = KEEP_2.replace("any", "untagged");
    List<String> wrong =
        List.of(
            long100("no"),
            long100("{}"),
            policy(any, rule(2, untagged)),
            policy(rule(1, untagged), rule(1, KEEP_2)),
            policy(rule(1, untagged), rule(2, untagged)),
            policy(rule(0, KEEP_2)),
            policy(rule(1, KEEP_2.replace("any", "tagged"))),
            policy(rule(1, KEEP_2 + ",'countUnit':'days'")),
            policy(rule(1, "'tagStatus':'any','countType':'sinceImagePushed','countNumber':1")),
            policy(rule(1, KEEP_2.replace(":2", ":0"))));
    for (String text : wrong) {
      Json answer = wharf.ecr("PutLifecyclePolicy", body("'lifecyclePolicyText':") + text + "}");
      assertThat(answer.at("__type").text()).endsWith("InvalidParameterException");
      assertThat(answer.at("message").text())
          .startsWith(
              "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint:"
                  + " 'Lifecycle policy validation failure: ");
    }
  }

  @Test
  void a_repository_has_tags_of_its_own() throws Exception {
    String arn = "\"resourceArn\":\"arn:aws:ecr:us-east-1:123456789012:repository/" + repo + "\"";
    wharf.ecr("TagResource", "{" + arn + ",\"tags\":[{\"Key\":\"a\",\"Value\":\"1\"}]}");
    Json tags = wharf.ecr("ListTagsForResource", "{" + arn + "}").at("tags");
    assertThat(tags.elements().getFirst().at("Value").text()).isEqualTo("1");
    wharf.ecr("UntagResource", "{" + arn + ",\"tagKeys\":[\"a\"]}");
    assertThat(wharf.ecr("ListTagsForResource", "{" + arn + "}").at("tags").elements()).isEmpty();
  }

  @Test
  void nothing_was_ever_scanned() throws Exception {
    pushed("v1", "layer");
    assertThat(ecr("DescribeImageScanFindings", "'imageId':{'imageTag':'v1'}").at("__type").text())
        .endsWith("ScanNotFoundException");
  }

  @Test
  void mounting_can_be_switched_off() throws Exception {
    String digest = wharf.blob(repo, "shared");
    wharf.with("other-" + repo);
    String post = "/v2/other-" + repo + "/blobs/uploads/?mount=" + digest + "&from=" + repo;
    wharf.ecr("PutAccountSetting", "{\"name\":\"BLOB_MOUNTING\",\"value\":\"DISABLED\"}");
    assertThat(wharf.call("POST", post).statusCode()).isEqualTo(202);
    wharf.ecr("PutAccountSetting", "{\"name\":\"BLOB_MOUNTING\",\"value\":\"ENABLED\"}");
    assertThat(wharf.call("POST", post).statusCode()).isEqualTo(201);
  }
}
