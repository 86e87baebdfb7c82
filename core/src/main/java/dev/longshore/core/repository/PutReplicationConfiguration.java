package dev.longshore.core.repository;

import dev.longshore.core.model.RegistryConfiguration;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.PutReplicationConfigurationRequest;
import dev.longshore.shapes.ecr.PutReplicationConfigurationResponse;
import dev.longshore.shapes.ecr.ReplicationConfiguration;
import dev.longshore.shapes.ecr.ReplicationDestination;
import dev.longshore.shapes.ecr.ReplicationRule;
import java.util.List;

/** Says which images are copied to which other registries when they are pushed from now on. */
public final class PutReplicationConfiguration
    implements Command<PutReplicationConfigurationRequest, PutReplicationConfigurationResponse> {
  /** Distinct registries that all rules together may name. */
  private static final int MOST_DESTINATIONS = 25;

  private static final String MEMBER = "replicationConfiguration";

  @Override
  public PutReplicationConfigurationResponse decide(
      Draft draft, PutReplicationConfigurationRequest request, Context context) {
    List<ReplicationRule> rules = request.replicationConfiguration().rules();
    List<ReplicationDestination> all =
        rules.stream().flatMap(rule -> rule.destinations().stream()).distinct().toList();
    if (all.contains(
        new ReplicationDestination(context.place().region(), context.place().accountId()))) {
      throw Repositories.invalid(
          MEMBER, "Replication destination cannot be the same as the source registry");
    }
    if (all.size() > MOST_DESTINATIONS) {
      throw Repositories.invalid(
          MEMBER, "There cannot be more than " + MOST_DESTINATIONS + " unique destinations");
    }
    RegistryConfiguration row = RegistryConfiguration.of(draft).withReplication(rules);
    draft.put(RegistryConfiguration.KIND, row);
    return new PutReplicationConfigurationResponse(new ReplicationConfiguration(rules));
  }
}
