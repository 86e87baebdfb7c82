package dev.longshore.server.fleet;

import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import org.jspecify.annotations.Nullable;

/** How an agent logs in to the registry of an image (agent protocol, registryAuthentication). */
final class RegistryAccess {
  private RegistryAccess() {}

  /**
   * By the secret that the definition names; to the control plane's own registry, by a password
   * from its API.
   *
   * @param starter whether the task has an execution role, which then asks for the password instead
   *     of the instance
   * @return null for a registry that needs nothing
   */
  static @Nullable Json of(
      ContainerDefinition definition, String image, boolean starter, Home home) {
    String region = home.place().region();
    if (definition.repositoryCredentials() != null) {
      String secret = definition.repositoryCredentials().credentialsParameter();
      return new Members()
          .put("type", "asm")
          .put(
              "asmAuthData",
              new Members().put("credentialsParameter", secret).put("region", region).json())
          .json();
    }
    if (!home.keeps(image)) {
      return null;
    }
    Json access =
        new Members()
            .put("registryId", home.place().accountId())
            .put("region", region)
            .put("endpointOverride", home.address().get())
            .put("useExecutionRole", starter)
            .json();
    return new Members().put("type", "ecr").put("ecrAuthData", access).json();
  }
}
