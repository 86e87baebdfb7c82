package dev.longshore.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.wire.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Amazon ECR Public, and repositories that everybody may pull from. */
class PublicRegistryTest {
  @TempDir private static Path directory;
  private static Wharf wharf;
  private static int count;
  private String repo = "";

  @BeforeAll
  static void start() throws Exception {
    wharf = new Wharf(directory);
  }

  @AfterAll
  static void stop() {
    wharf.close();
  }

  @BeforeEach
  void create() throws Exception {
    wharf.with();
    repo = "tools/app-" + ++count;
    Json made =
        call("CreateRepository", "'catalogData':{'description':'An app','architectures':['ARM']}");
    assertThat(made.at("repository", "repositoryName").text()).isEqualTo(repo);
    assertThat(made.at("catalogData", "description").text()).isEqualTo("An app");
  }

  /** Calls an action about the test's repository; members are given with single quotes. */
  private Json call(String action, String more) throws Exception {
    String comma = more.isEmpty() ? "" : ",";
    return ecrPublic(action, "'repositoryName':'" + repo + "'" + comma + more);
  }

  private static Json ecrPublic(String action, String members) throws Exception {
    return wharf.ecrPublic(action, '{' + members.replace('\'', '"') + '}');
  }

  private byte[] pushed(String tag) throws Exception {
    byte[] manifest = wharf.image("public/" + repo, "layer", "");
    assertThat(wharf.put("public/" + repo, tag, manifest).statusCode()).isEqualTo(201);
    return manifest;
  }

  @Test
  void a_repository_is_described_by_its_public_name() throws Exception {
    Json row =
        ecrPublic("DescribeRepositories", "'repositoryNames':['" + repo + "']")
            .at("repositories")
            .elements()
            .getFirst();
    assertThat(row.at("repositoryArn").text())
        .isEqualTo("arn:aws:ecr-public::123456789012:repository/" + repo);
    assertThat(row.at("repositoryUri").text())
        .isEqualTo(wharf.host().replace("127.0.0.1", "localhost") + "/public/" + repo);
    Json again = call("CreateRepository", "");
    assertThat(again.at("__type").text()).endsWith("RepositoryAlreadyExistsException");
    assertThat(again.at("message").text())
        .isEqualTo(
            "The repository with name '"
                + repo
                + "' already exists in the registry with id '123456789012'");
    assertThat(ecrPublic("DescribeRepositories", "'maxResults':1").at("repositories").elements())
        .hasSize(1);
  }

  @Test
  void the_private_api_neither_lists_nor_creates_public_repositories() throws Exception {
    wharf.with("mine");
    assertThat(wharf.ecr("DescribeRepositories", "{}").at("repositories").elements())
        .extracting(row -> row.at("repositoryName").text())
        .containsExactly("mine");
    wharf.ecr("DeleteRepository", "{\"repositoryName\":\"mine\"}");
    assertThat(
            wharf
                .ecr("CreateRepository", "{\"repositoryName\":\"public/mine\"}")
                .at("__type")
                .text())
        .endsWith("InvalidParameterException");
  }

  @Test
  void everybody_may_pull_and_nobody_else_push() throws Exception {
    byte[] manifest = pushed("1");
    String path = "/v2/public/" + repo;
    wharf.authorization("");
    assertThat(wharf.call("GET", path + "/manifests/1").body()).isEqualTo(manifest);
    String layer = Wharf.digest("layer".getBytes(UTF_8));
    assertThat(wharf.call("GET", path + "/blobs/" + layer).statusCode()).isEqualTo(200);
    assertThat(wharf.call("GET", path + "/tags/list").statusCode()).isEqualTo(200);
    assertThat(wharf.call("POST", path + "/blobs/uploads/").statusCode()).isEqualTo(401);
    assertThat(wharf.call("DELETE", path + "/manifests/1").statusCode()).isEqualTo(401);
    wharf.authorization("Bearer " + token());
    assertThat(wharf.call("GET", path + "/manifests/1").statusCode()).isEqualTo(200);
    assertThat(wharf.call("POST", path + "/blobs/uploads/").statusCode()).isEqualTo(403);
  }

  private static String token() throws Exception {
    HttpResponse<byte[]> answer = wharf.call("GET", "/v2/_token?service=ecr-public");
    assertThat(answer.statusCode()).isEqualTo(200);
    return Wharf.json(answer).at("token").text();
  }

  @Test
  void a_token_of_nobody_opens_no_private_repository() throws Exception {
    wharf.with("closed");
    assertThat(wharf.put("closed", "1", wharf.image("closed", "layer", "")).statusCode())
        .isEqualTo(201);
    wharf.authorization("");
    assertThat(wharf.call("GET", "/v2/closed/manifests/1").statusCode()).isEqualTo(401);
    wharf.authorization("Bearer " + token());
    assertThat(wharf.call("GET", "/v2/closed/manifests/1").statusCode()).isEqualTo(403);
    assertThat(wharf.call("GET", "/v2/_catalog").statusCode()).isEqualTo(403);
    wharf.with();
    wharf.ecr("DeleteRepository", "{\"repositoryName\":\"closed\",\"force\":true}");
  }

  @Test
  void by_its_own_name_the_public_registry_asks_for_bearer_tokens() throws Exception {
    String own = wharf.host().replace("127.0.0.1", "localhost");
    wharf.authorization("");
    var answer = wharf.call("GET", "http://" + own + "/v2/");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(Wharf.header(answer, "www-authenticate"))
        .isEqualTo("Bearer realm=\"http://" + own + "/v2/_token\",service=\"ecr-public\"");
    Json data = ecrPublic("GetAuthorizationToken", "").at("authorizationData");
    wharf.authorization("Basic " + data.at("authorizationToken").text());
    wharf.authorization("Bearer " + token());
    String uploads = "http://" + own + "/v2/public/" + repo + "/blobs/uploads/";
    assertThat(wharf.call("POST", uploads).statusCode()).isEqualTo(202);
    byte[] pair = Base64.getDecoder().decode(data.at("authorizationToken").text());
    assertThat(new String(pair, UTF_8)).startsWith("AWS:");
  }

  @Test
  void images_are_described_and_deleted_under_the_public_name() throws Exception {
    byte[] manifest = pushed("1");
    Json detail = call("DescribeImages", "").at("imageDetails").elements().getFirst();
    assertThat(detail.at("repositoryName").text()).isEqualTo(repo);
    assertThat(detail.at("imageTags").texts()).containsExactly("1");
    Json tag = call("DescribeImageTags", "").at("imageTagDetails").elements().getFirst();
    assertThat(tag.at("imageDetail", "imageDigest").text()).isEqualTo(Wharf.digest(manifest));
    Json missing = call("DescribeImages", "'imageIds':[{'imageTag':'no'}]");
    assertThat(missing.at("message").text())
        .contains("within the repository with name '" + repo + "'");
    Json refused = call("DeleteRepository", "");
    assertThat(refused.at("__type").text()).endsWith("RepositoryNotEmptyException");
    assertThat(call("DeleteRepository", "'force':true").at("repository", "repositoryUri").text())
        .endsWith("/public/" + repo);
    assertThat(call("GetRepositoryCatalogData", "").at("__type").text())
        .endsWith("RepositoryNotFoundException");
  }

  @Test
  void catalog_data_tags_and_the_registrys_name_are_kept() throws Exception {
    call("PutRepositoryCatalogData", "'catalogData':{'usageText':'Run it.'}");
    Json data = call("GetRepositoryCatalogData", "").at("catalogData");
    assertThat(data.at("usageText").text()).isEqualTo("Run it.");
    assertThat(data.at("description").isNull()).isTrue();
    String arn = "'resourceArn':'arn:aws:ecr-public::123456789012:repository/" + repo + "'";
    ecrPublic("TagResource", arn + ",'tags':[{'Key':'a','Value':'1'}]");
    assertThat(ecrPublic("ListTagsForResource", arn).at("tags").elements()).hasSize(1);
    ecrPublic("PutRegistryCatalogData", "'displayName':'Our images'");
    assertThat(
            ecrPublic("GetRegistryCatalogData", "").at("registryCatalogData", "displayName").text())
        .isEqualTo("Our images");
    Json registry = ecrPublic("DescribeRegistries", "").at("registries").elements().getFirst();
    assertThat(registry.at("aliases").elements().getFirst().at("name").text()).isEqualTo("public");
  }
}
