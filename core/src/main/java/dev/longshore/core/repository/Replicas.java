package dev.longshore.core.repository;

import dev.longshore.core.model.RegistryConfiguration;
import dev.longshore.core.model.Replica;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.ReplicationDestination;
import dev.longshore.shapes.ecr.ReplicationRule;
import java.util.List;

/** Notes which images are to be copied to other registries. */
final class Replicas {
  private Replicas() {}

  /** An image was pushed: wherever a rule wants it copied to, that is begun, or begun again. */
  static void pushed(Draft draft, PushedImage image) {
    for (ReplicationRule rule : RegistryConfiguration.of(draft).replication()) {
      if (covers(rule, image.repository())) {
        for (ReplicationDestination destination : rule.destinations()) {
          note(draft, image, destination);
        }
      }
    }
  }

  private static boolean covers(ReplicationRule rule, String repository) {
    var filters = Given.list(rule.repositoryFilters());
    return filters.isEmpty()
        || filters.stream().anyMatch(filter -> repository.startsWith(filter.filter()));
  }

  private static void note(Draft draft, PushedImage image, ReplicationDestination to) {
    Replica fresh =
        new Replica(
            image.repository(),
            image.digest(),
            to.region(),
            to.registryId(),
            Replica.IN_PROGRESS,
            null,
            List.of(),
            0);
    Replica known = draft.find(Replica.KIND, fresh.key());
    draft.put(Replica.KIND, (known == null ? fresh : known).pushed(image.tags()));
  }
}
