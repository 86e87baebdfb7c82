package dev.longshore.server.registry;

import static dev.longshore.server.registry.Wharf.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.operation.Caller;
import dev.longshore.wire.json.Json;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is configured for a whole registry. */
class RegistrySettingsTest {
  private static final String REGISTRY = "in the registry with id '123456789012'";

  @TempDir private static Path directory;
  private static Wharf wharf;

  @BeforeAll
  static void start() throws Exception {
    wharf = new Wharf(directory).with();
  }

  @AfterAll
  static void stop() {
    wharf.close();
  }

  /** Calls an action; members are given with single quotes. */
  private static Json ecr(String action, String members) throws Exception {
    return wharf.ecr(action, '{' + members.replace('\'', '"') + '}');
  }

  private static void assertError(Json answer, String code, String message) {
    assertThat(answer.at("__type").text()).endsWith(code);
    assertThat(answer.at("message").text()).isEqualTo(message);
  }

  private static int push(String repository, String tag) throws Exception {
    return wharf.put(repository, tag, wharf.image(repository, "layer", "")).statusCode();
  }

  private static void policy(String resource) throws Exception {
    String text =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\","
            + "\"Action\":\"ecr:BatchGetImage\",\"Resource\":\""
            + resource
            + "\"}]}";
    Json put = wharf.ecr("PutRegistryPolicy", "{\"policyText\":" + Json.of(text).write() + "}");
    assertThat(put.at("policyText").text()).isEqualTo(text);
  }

  @Test
  void the_registrys_policy_binds_the_repositories_it_names() throws Exception {
    wharf.with("policy/a", "policy/b");
    push("policy/a", "v1");
    push("policy/b", "v1");
    policy("arn:aws:ecr:us-east-1:123456789012:repository/policy/a*");
    try {
      var denied = wharf.call("GET", "/v2/policy/a/manifests/v1");
      assertThat(denied.statusCode()).isEqualTo(403);
      assertThat(error(denied)).isEqualTo("DENIED");
      assertThat(wharf.call("GET", "/v2/policy/b/manifests/v1").statusCode()).isEqualTo(200);
      assertThat(ecr("GetRegistryPolicy", "").at("registryId").text()).isEqualTo("123456789012");
      ecr("PutAccountSetting", "'name':'REGISTRY_POLICY_SCOPE','value':'V1'");
      assertThat(wharf.call("GET", "/v2/policy/a/manifests/v1").statusCode()).isEqualTo(200);
    } finally {
      ecr("PutAccountSetting", "'name':'REGISTRY_POLICY_SCOPE','value':'V2'");
      ecr("DeleteRegistryPolicy", "");
    }
    String missing = "Registry policy does not exist " + REGISTRY;
    assertError(ecr("GetRegistryPolicy", ""), "RegistryPolicyNotFoundException", missing);
    assertError(ecr("DeleteRegistryPolicy", ""), "RegistryPolicyNotFoundException", missing);
    assertError(
        ecr("PutRegistryPolicy", "'policyText':'{}'"),
        "InvalidParameterException",
        "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid registry policy"
            + " provided'");
  }

  @Test
  void scanning_is_configured_by_filters_before_a_repositorys_own_setting() throws Exception {
    wharf.with("scan/prod-a", "scan/dev");
    ecr(
        "PutImageScanningConfiguration",
        "'repositoryName':'scan/dev','imageScanningConfiguration':{'scanOnPush':true}");
    Json usual = ecr("GetRegistryScanningConfiguration", "").at("scanningConfiguration");
    assertThat(usual.at("scanType").text()).isEqualTo("BASIC");
    assertThat(usual.at("rules").elements()).isEmpty();
    String rule =
        "'scanFrequency':'SCAN_ON_PUSH','repositoryFilters':"
            + "[{'filter':'scan/prod-*','filterType':'WILDCARD'}]";
    ecr("PutRegistryScanningConfiguration", "'scanType':'BASIC','rules':[{" + rule + "}]");
    Json found =
        ecr(
            "BatchGetRepositoryScanningConfiguration",
            "'repositoryNames':['scan/prod-a','scan/dev','scan/absent']");
    Json first = found.at("scanningConfigurations").elements().getFirst();
    assertThat(first.at("repositoryArn").text()).endsWith(":repository/scan/prod-a");
    assertThat(first.at("scanFrequency").text()).isEqualTo("SCAN_ON_PUSH");
    assertThat(first.at("appliedScanFilters").elements()).hasSize(1);
    assertThat(found.at("scanningConfigurations").elements().getLast().at("scanOnPush").flag())
        .isTrue();
    assertThat(found.at("failures").elements().getFirst().at("failureCode").text())
        .isEqualTo("REPOSITORY_NOT_FOUND");
    String continuous = rule.replace("SCAN_ON_PUSH", "CONTINUOUS_SCAN");
    for (String wrong : new String[] {"'scanType':'ENHANCED'", "'rules':[{" + continuous + "}]"}) {
      assertThat(ecr("PutRegistryScanningConfiguration", wrong).at("__type").text())
          .endsWith("InvalidParameterException");
    }
  }

  @Test
  void without_a_scanner_a_scan_fails_at_once_and_leaves_nothing() throws Exception {
    wharf.with("scan/none");
    push("scan/none", "v1");
    String image = "'repositoryName':'scan/none','imageId':{'imageTag':'v1'}";
    Json status = ecr("StartImageScan", image).at("imageScanStatus");
    assertThat(status.at("status").text()).isEqualTo("FAILED");
    assertThat(status.at("description").text()).isEqualTo("No image scanner is configured.");
    assertThat(ecr("DescribeImageScanFindings", image).at("__type").text())
        .endsWith("ScanNotFoundException");
    assertThat(ecr("StartImageScan", image.replace("v1", "v2")).at("__type").text())
        .endsWith("ImageNotFoundException");
  }

  @Test
  void principals_whose_pulls_do_not_count_are_kept_in_a_list() throws Exception {
    String role = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole";
    String arn = "'principalArn':'" + role + "'";
    assertThat(ecr("RegisterPullTimeUpdateExclusion", arn).at("createdAt").isNull()).isFalse();
    assertThat(ecr("RegisterPullTimeUpdateExclusion", arn).at("__type").text())
        .endsWith("ExclusionAlreadyExistsException");
    wharf.with("pulls");
    push("pulls", "v1");
    Caller session = wharf.session("ecsTaskExecutionRole", "nightly");
    pullAs(session);
    assertThat(lastPull().isNull()).isTrue();
    wharf.with();
    String second = role.replace("ecsTask", "a");
    ecr("RegisterPullTimeUpdateExclusion", "'principalArn':'" + second + "'");
    Json page = ecr("ListPullTimeUpdateExclusions", "'maxResults':1");
    assertThat(page.at("pullTimeUpdateExclusions").texts()).containsExactly(second);
    Json rest =
        ecr("ListPullTimeUpdateExclusions", "'nextToken':'" + page.at("nextToken").text() + "'");
    assertThat(rest.at("pullTimeUpdateExclusions").texts()).containsExactly(role);
    ecr("DeregisterPullTimeUpdateExclusion", arn);
    assertThat(ecr("DeregisterPullTimeUpdateExclusion", arn).at("__type").text())
        .endsWith("ExclusionNotFoundException");
    pullAs(session);
    wharf.with();
    assertThat(lastPull().isNull()).isFalse();
  }

  private static void pullAs(Caller caller) throws Exception {
    String password = RegistryTokens.in(directory).password(caller, Instant.now().plusSeconds(60));
    wharf.authorization(Wharf.basic("AWS:" + password));
    assertThat(wharf.call("GET", "/v2/pulls/manifests/v1").statusCode()).isEqualTo(200);
  }

  private static Json lastPull() throws Exception {
    return ecr("DescribeImages", "'repositoryName':'pulls'")
        .at("imageDetails")
        .elements()
        .getFirst()
        .at("lastRecordedPullTime");
  }

  private static Json template(String action, String members) throws Exception {
    return ecr(action, members).at("repositoryCreationTemplate");
  }

  @Test
  void a_template_lets_a_push_create_its_repository() throws Exception {
    wharf.with();
    assertThat(wharf.call("POST", "/v2/auto/app/blobs/uploads/").statusCode()).isEqualTo(404);
    Json made =
        template(
            "CreateRepositoryCreationTemplate",
            "'prefix':'auto','appliedFor':['CREATE_ON_PUSH'],'imageTagMutability':'IMMUTABLE',"
                + "'resourceTags':[{'Key':'team','Value':'a'}]");
    assertThat(made.at("prefix").text()).isEqualTo("auto");
    assertThat(made.at("encryptionConfiguration", "encryptionType").text()).isEqualTo("AES256");
    assertThat(push("auto/app", "v1")).isEqualTo(201);
    Json row =
        ecr("DescribeRepositories", "'repositoryNames':['auto/app']")
            .at("repositories")
            .elements()
            .getFirst();
    assertThat(row.at("imageTagMutability").text()).isEqualTo("IMMUTABLE");
    String arn = row.at("repositoryArn").text();
    assertThat(ecr("ListTagsForResource", "'resourceArn':'" + arn + "'").at("tags").elements())
        .hasSize(1);
    assertThat(wharf.call("POST", "/v2/automatic/blobs/uploads/").statusCode()).isEqualTo(404);
    ecr("DeleteRepositoryCreationTemplate", "'prefix':'auto'");
    assertThat(wharf.call("POST", "/v2/auto/other/blobs/uploads/").statusCode()).isEqualTo(404);
  }

  @Test
  void templates_are_created_once_updated_described_and_deleted() throws Exception {
    String base = "'prefix':'tpl/a','appliedFor':['PULL_THROUGH_CACHE']";
    template("CreateRepositoryCreationTemplate", base + ",'description':'first'");
    assertError(
        ecr("CreateRepositoryCreationTemplate", base),
        "TemplateAlreadyExistsException",
        "The repository creation template with prefix 'tpl/a' already exists " + REGISTRY);
    Json updated =
        template(
            "UpdateRepositoryCreationTemplate",
            "'prefix':'tpl/a','imageTagMutability':'IMMUTABLE'");
    assertThat(updated.at("description").text()).isEqualTo("first");
    assertThat(updated.at("imageTagMutability").text()).isEqualTo("IMMUTABLE");
    assertThat(updated.at("appliedFor").texts()).containsExactly("PULL_THROUGH_CACHE");
    template("CreateRepositoryCreationTemplate", base.replace("tpl/a", "ROOT"));
    Json page = ecr("DescribeRepositoryCreationTemplates", "'maxResults':1");
    assertThat(page.at("repositoryCreationTemplates").elements()).hasSize(1);
    assertThat(page.at("nextToken").text()).isNotEmpty();
    assertThat(
            ecr("DescribeRepositoryCreationTemplates", "'prefixes':['tpl/a']")
                .at("repositoryCreationTemplates")
                .elements())
        .hasSize(1);
    template("DeleteRepositoryCreationTemplate", "'prefix':'ROOT'");
    template("DeleteRepositoryCreationTemplate", "'prefix':'tpl/a'");
    assertError(
        ecr("DeleteRepositoryCreationTemplate", "'prefix':'tpl/a'"),
        "TemplateNotFoundException",
        "The repository creation template with prefix 'tpl/a' does not exist " + REGISTRY);
  }

  @Test
  void there_is_one_class_of_storage() throws Exception {
    wharf.with("storage");
    push("storage", "v1");
    String image = "'repositoryName':'storage','imageId':{'imageTag':'v1'},'targetStorageClass':";
    assertThat(ecr("UpdateImageStorageClass", image + "'STANDARD'").at("imageStatus").text())
        .isEqualTo("ACTIVE");
    assertThat(ecr("UpdateImageStorageClass", image + "'ARCHIVE'").at("__type").text())
        .endsWith("ImageStorageClassUpdateNotSupportedException");
  }

  @Test
  void signing_is_refused_with_a_reason() throws Exception {
    assertError(
        ecr("GetSigningConfiguration", ""),
        "UnsupportedFeatureException",
        "Longshore does not support GetSigningConfiguration: there is no signer: a configuration"
            + " that signs nothing would be a lie; sign with a client, whose signatures are kept as"
            + " referrers.");
  }
}
