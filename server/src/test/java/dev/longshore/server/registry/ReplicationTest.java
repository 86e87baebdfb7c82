package dev.longshore.server.registry;

import static dev.longshore.server.registry.Wharf.digest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Replica;
import dev.longshore.core.operation.Place;
import dev.longshore.core.state.State;
import dev.longshore.server.ControlPlaneSettings;
import dev.longshore.server.RegistrySettings;
import dev.longshore.server.TlsSettings;
import dev.longshore.server.http.Certificates;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.signature.Credentials;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that are copied from one server to others. */
class ReplicationTest {
  private static final String HOME = "123456789012";
  private static final String OTHER = "210987654321";

  @TempDir private Path here;
  @TempDir private Path west;
  @TempDir private Path abroad;
  @TempDir private Path keys;
  private Wharf source;
  private Wharf region;
  private Wharf account;

  private static ControlPlaneSettings at(Path directory, String region, String account) {
    return ControlPlaneSettings.local(directory, 0).withPlace(new Place("aws", region, account));
  }

  @BeforeEach
  void start() throws Exception {
    region = new Wharf(at(west, "us-west-2", HOME)).with();
    account = new Wharf(at(abroad, "eu-west-1", OTHER)).with();
    source = source(region.target(), account.target());
    source.with("team/app", "team/web", "private/app");
  }

  private Wharf source(ReplicationTarget... targets) throws Exception {
    return new Wharf(home(null, targets));
  }

  private ControlPlaneSettings home(@Nullable SSLContext trust, ReplicationTarget... targets) {
    return at(here, "us-east-1", HOME)
        .withRegistry(RegistrySettings.USUAL.withTargets(List.of(targets), trust));
  }

  @AfterEach
  void stop() {
    source.close();
    region.close();
    account.close();
  }

  private Json rules(String rules) throws Exception {
    return source.ecr(
        "PutReplicationConfiguration",
        ("{'replicationConfiguration':{'rules':[" + rules + "]}}").replace('\'', '"'));
  }

  private static String rule(String region, String account, String prefix) {
    return "{'destinations':[{'region':'"
        + region
        + "','registryId':'"
        + account
        + "'}],'repositoryFilters':[{'filter':'"
        + prefix
        + "','filterType':'PREFIX_MATCH'}]}";
  }

  private static boolean settled(State state, int count) {
    int[] ended = {0};
    state.all(Replica.KIND).forEach(row -> ended[0] += row.status().equals("IN_PROGRESS") ? 0 : 1);
    return ended[0] >= count && ended[0] == state.count(Replica.KIND);
  }

  private void settle(int count) throws Exception {
    source.when(state -> settled(state, count)).get(60, TimeUnit.SECONDS);
  }

  private List<String> statuses(String repository, String tag) throws Exception {
    Json answer =
        source.ecr(
            "DescribeImageReplicationStatus",
            ("{'repositoryName':'" + repository + "','imageId':{'imageTag':'" + tag + "'}}")
                .replace('\'', '"'));
    List<String> all = new ArrayList<>();
    for (Json each : answer.at("replicationStatuses").elements()) {
      String failure = each.at("failureCode").text();
      all.add(each.at("region").text() + ' ' + each.at("status").text() + ' ' + failure);
    }
    return all;
  }

  @Test
  void a_push_is_copied_to_another_region_and_another_account() throws Exception {
    rules(rule("us-west-2", HOME, "team/") + ',' + rule("eu-west-1", OTHER, "team/app"));
    byte[] app = source.image("team/app", "a layer of the app", "");
    assertThat(source.put("team/app", "v1", app).statusCode()).isEqualTo(201);
    byte[] web = source.image("team/web", "a layer of the web", "");
    assertThat(source.put("team/web", "v1", web).statusCode()).isEqualTo(201);
    byte[] secret = source.image("private/app", "a secret", "");
    assertThat(source.put("private/app", "v1", secret).statusCode()).isEqualTo(201);
    settle(3);
    assertThat(statuses("team/app", "v1"))
        .containsExactly("eu-west-1 COMPLETE ", "us-west-2 COMPLETE ");
    assertThat(statuses("team/web", "v1")).containsExactly("us-west-2 COMPLETE ");
    assertThat(statuses("private/app", "v1")).isEmpty();
    assertThat(region.call("GET", "/v2/team/app/manifests/v1").body()).isEqualTo(app);
    String layer = digest("a layer of the app".getBytes(UTF_8));
    assertThat(new String(account.call("GET", "/v2/team/app/blobs/" + layer).body(), UTF_8))
        .isEqualTo("a layer of the app");
    assertThat(account.call("GET", "/v2/team/web/manifests/v1").statusCode()).isEqualTo(404);
    assertThat(region.call("GET", "/v2/private/app/manifests/v1").statusCode()).isEqualTo(404);
  }

  @Test
  void an_index_is_copied_with_its_images_and_a_new_tag_follows() throws Exception {
    byte[] image = source.image("team/app", "one platform", "");
    assertThat(source.put("team/app", digest(image), image).statusCode()).isEqualTo(201);
    rules(rule("us-west-2", HOME, "team/"));
    String child = Wharf.descriptor(Wharf.MANIFEST, digest(image), image.length, null);
    byte[] index = ("{\"schemaVersion\":2,\"manifests\":[" + child + "]}").getBytes(UTF_8);
    assertThat(source.put("team/app", "all", index, Wharf.INDEX).statusCode()).isEqualTo(201);
    settle(1);
    assertThat(region.call("GET", "/v2/team/app/manifests/all").body()).isEqualTo(index);
    assertThat(region.call("GET", "/v2/team/app/manifests/" + digest(image)).body())
        .isEqualTo(image);
    assertThat(source.put("team/app", "latest", index, Wharf.INDEX).statusCode()).isEqualTo(201);
    settle(1);
    assertThat(region.call("GET", "/v2/team/app/manifests/latest").body()).isEqualTo(index);
  }

  @Test
  void what_was_copied_here_is_not_copied_on() throws Exception {
    region.ecr(
        "PutReplicationConfiguration",
        ("{'replicationConfiguration':{'rules':[" + rule("eu-west-1", OTHER, "team/") + "]}}")
            .replace('\'', '"'));
    rules(rule("us-west-2", HOME, "team/"));
    byte[] app = source.image("team/app", "a layer", "");
    assertThat(source.put("team/app", "v1", app).statusCode()).isEqualTo(201);
    settle(1);
    assertThat(statuses("team/app", "v1")).containsExactly("us-west-2 COMPLETE ");
    assertThat(region.when(state -> true).get().count(Replica.KIND)).isZero();
  }

  @Test
  void a_destination_that_nobody_knows_or_that_refuses_fails() throws Exception {
    rules(
        rule("ap-south-1", HOME, "team/")
            + ','
            + rule("us-west-2", OTHER, "team/")
            + ','
            + rule("eu-west-1", OTHER, "team/"));
    source.close();
    Credentials wrong = Credentials.of("AKIDNOBODY", "guessed");
    source =
        source(
            region.target(),
            new ReplicationTarget("eu-west-1", URI.create("http://" + account.host()), wrong));
    source.with();
    byte[] app = source.image("team/app", "a layer", "");
    assertThat(source.put("team/app", "v1", app).statusCode()).isEqualTo(201);
    settle(3);
    assertThat(statuses("team/app", "v1"))
        .containsExactly(
            "ap-south-1 FAILED DestinationUnknown",
            "eu-west-1 FAILED Refused",
            "us-west-2 FAILED DestinationUnknown");
  }

  @Test
  void a_copy_that_could_not_be_made_is_made_after_a_restart() throws Exception {
    rules(rule("us-west-2", HOME, "team/"));
    source.close();
    ReplicationTarget known = region.target();
    URI nobody = URI.create("http://127.0.0.1:9");
    source = source(new ReplicationTarget("us-west-2", nobody, known.keys()));
    source.with();
    byte[] app = source.image("team/app", "a layer", "");
    assertThat(source.put("team/app", "v1", app).statusCode()).isEqualTo(201);
    assertThat(statuses("team/app", "v1")).containsExactly("us-west-2 IN_PROGRESS ");
    source.close();
    source = source(known);
    settle(1);
    assertThat(region.call("GET", "/v2/team/app/manifests/v1").body()).isEqualTo(app);
  }

  @Test
  void a_copy_goes_over_tls_to_a_server_whose_certificate_is_trusted() throws Exception {
    Certificates western = Certificates.in(keys, "west", "EC");
    Certificates eastern = Certificates.in(keys, "east", "EC");
    source.close();
    region.close();
    region = secure(at(west, "us-west-2", HOME), western);
    source = secure(home(western.trust(), region.target()), eastern);
    source.with("team/app");
    rules(rule("us-west-2", HOME, "team/"));
    byte[] app = source.image("team/app", "a layer", "");
    assertThat(source.put("team/app", "v1", app).statusCode()).isEqualTo(201);
    settle(1);
    assertThat(statuses("team/app", "v1")).containsExactly("us-west-2 COMPLETE ");
    assertThat(region.with().call("GET", "/v2/team/app/manifests/v1").body()).isEqualTo(app);
  }

  private static Wharf secure(ControlPlaneSettings settings, Certificates shown) throws Exception {
    var tls = new TlsSettings(shown.pem(), shown.key());
    return new Wharf(settings.withTls(tls), HttpClient.newBuilder().sslContext(shown.trust()));
  }

  @Test
  void the_configuration_is_shown_and_cannot_name_the_registry_itself() throws Exception {
    Json refused = rules(rule("us-east-1", HOME, "team/"));
    assertThat(refused.at("message").text())
        .isEqualTo(
            "Invalid parameter at 'replicationConfiguration' failed to satisfy constraint:"
                + " 'Replication destination cannot be the same as the source registry'");
    rules(rule("us-west-2", HOME, "team/"));
    Json shown = source.ecr("DescribeRegistry", "{}").at("replicationConfiguration").at("rules");
    assertThat(shown.elements()).hasSize(1);
    Json destination = shown.elements().getFirst().at("destinations").elements().getFirst();
    assertThat(destination.at("region").text()).isEqualTo("us-west-2");
  }
}
