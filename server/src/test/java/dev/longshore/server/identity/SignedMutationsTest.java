package dev.longshore.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.server.identity.KeptConnection.Answer;
import dev.longshore.server.identity.SignedMutations.Changed;
import dev.longshore.wire.signature.Credentials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signed requests with something changed, over HTTP to a whole control plane. */
@Timeout(240)
class SignedMutationsTest {
  private static final int REQUESTS = 100_000;
  private static final int CONNECTIONS = 4;

  /** One in so many is left as it is, and served. */
  private static final int HONEST = 100;

  @Test
  void of_100_000_changed_requests_none_is_served_and_none_makes_the_server_fail(
      @TempDir Path directory) throws Exception {
    try (IdentitySite site = new IdentitySite(directory);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Credentials user = site.user("all", "{'Effect':'Allow','Action':'*','Resource':'*'}");
      List<Credentials> keys = List.of(site.root(), user, session(site, user));
      List<Callable<Map<String, Integer>>> peers = new ArrayList<>();
      for (int peer = 0; peer < CONNECTIONS; peer++) {
        var mutations = new SignedMutations(peer, site.endpoint().getAuthority(), keys);
        peers.add(() -> send(new KeptConnection(site.endpoint()), mutations));
      }
      Map<String, Integer> refused = new TreeMap<>();
      for (Future<Map<String, Integer>> peer : threads.invokeAll(peers)) {
        peer.get().forEach((how, count) -> refused.merge(how, count, Integer::sum));
      }
      assertThat(refused.values().stream().mapToInt(count -> count).sum()).isEqualTo(REQUESTS);
      assertThat(refused)
          .hasSize(13)
          .containsKeys(
              "wrong key",
              "wrong secret",
              "skewed clock",
              "replayed date",
              "tampered body",
              "unsigned header");
    }
  }

  /** A session of a role that may do everything. */
  private static Credentials session(IdentitySite site, Credentials user) throws Exception {
    String trust =
        "{'Effect':'Allow','Principal':{'AWS':'123456789012'},'Action':'sts:AssumeRole'}";
    IdentitySite.ok(
        site.iam(
            site.root(),
            "CreateRole",
            "RoleName",
            "all",
            "AssumeRolePolicyDocument",
            IdentitySite.policy(trust)));
    IdentitySite.ok(
        site.iam(
            site.root(),
            "AttachRolePolicy",
            "RoleName",
            "all",
            "PolicyArn",
            "arn:aws:iam::aws:policy/AdministratorAccess"));
    return IdentitySite.keys(
        site.sts(
            user,
            "AssumeRole",
            "RoleArn",
            "arn:aws:iam::123456789012:role/all",
            "RoleSessionName",
            "visit"));
  }

  private static Map<String, Integer> send(KeptConnection connection, SignedMutations mutations)
      throws Exception {
    Map<String, Integer> refused = new TreeMap<>();
    try (connection) {
      for (int i = 0; i < REQUESTS / CONNECTIONS; i++) {
        if (i % HONEST == 0) {
          Answer served = connection.exchange(mutations.honest().bytes());
          assertThat(served.status()).as(served.body()).isEqualTo(200);
        }
        Changed changed = mutations.changed();
        Answer answer = connection.exchange(changed.request().bytes());
        if (answer.status() < 400 || answer.status() >= 500) {
          throw new AssertionError(changed + " was answered " + answer);
        }
        refused.merge(changed.how(), 1, Integer::sum);
      }
    }
    return refused;
  }
}
