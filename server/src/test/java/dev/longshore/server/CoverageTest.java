package dev.longshore.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.balancing.AddressPool;
import dev.longshore.core.balancing.Refusals;
import dev.longshore.core.operation.Operations;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.service.ServiceSettings;
import dev.longshore.server.identity.TokenService;
import dev.longshore.server.registry.EcrEndpoint;
import dev.longshore.server.registry.EcrPublicEndpoint;
import dev.longshore.server.registry.Unsupported;
import dev.longshore.server.vault.Keyring;
import dev.longshore.server.vault.SealingVault;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ecrpublic.EcrPublic;
import dev.longshore.shapes.sts.Sts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final Vault VAULT =
      new SealingVault(
          Keyring.parse(List.of(Keyring.fresh(new SecureRandom()))), new SecureRandom());
  private static final Map<String, Map<String, String>> REASONS =
      Map.of(
          "ECR",
          Unsupported.reasons(),
          "STS",
          TokenService.REFUSED,
          "Elastic Load Balancing v2",
          Refusals.reasons());
  private static final Path DOCUMENT = Path.of("..", "docs", "coverage.md");

  @Test
  void the_document_names_every_operation_of_the_model_and_whether_it_is_built()
      throws IOException {
    String wanted =
        HEAD
            + section(
                "ECS", EcsOperations.all(ServiceSettings.USUAL, () -> "http://127.0.0.1"), Set.of())
            + section("ECR", EcrOperations.all(() -> "127.0.0.1"), EcrEndpoint.ACTIONS)
            + section("ECR Public", new Operations(EcrPublic.MODEL), EcrPublicEndpoint.actions())
            + section("IAM", IamOperations.all(VAULT), Set.of())
            + section("STS", new Operations(Sts.MODEL), TokenService.ACTIONS)
            + section("Secrets Manager", SecretOperations.all(VAULT, true), Set.of())
            + section("Elastic Load Balancing v2", Elbv2Operations.all(AddressPool.USUAL), Set.of())
            + section("Systems Manager", ParameterOperations.all(VAULT), Set.of())
            + section("KMS", KeyOperations.all(VAULT), Set.of());
    if (System.getenv("LONGSHORE_WRITE_COVERAGE") != null) {
      Files.writeString(DOCUMENT, wanted);
    }
    assertThat(Files.readString(DOCUMENT))
        .describedAs("Write it anew: run this test with LONGSHORE_WRITE_COVERAGE=1")
        .isEqualTo(wanted);
  }

  private static final String HEAD =
      """
      # Coverage

      Written by `CoverageTest` from the API models and the registered operations. An
      operation that is not built yet answers `UnsupportedFeatureException` and names itself.
      """;

  private static String section(String api, Operations operations, Set<String> elsewhere) {
    StringBuilder rows = new StringBuilder();
    int built = 0;
    var models = new TreeMap<String, OperationModel>(operations.model().operations());
    Map<String, String> reasons = REASONS.getOrDefault(api, operations.refused());
    for (String name : models.keySet()) {
      String refused = reasons.get(name);
      boolean isBuilt =
          refused == null && (operations.named(name).isPresent() || elsewhere.contains(name));
      built += isBuilt ? 1 : 0;
      String state = refused == null ? "not yet" : "refused: " + refused;
      rows.append("| ").append(name).append(" | ").append(isBuilt ? "built" : state);
      rows.append(" |\n");
    }
    return "\n## "
        + api
        + "\n\n"
        + built
        + " of "
        + models.size()
        + " operations.\n\n| operation | state |\n|---|---|\n"
        + rows;
  }
}
