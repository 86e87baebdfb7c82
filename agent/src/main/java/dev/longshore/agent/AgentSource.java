package dev.longshore.agent;

import dev.longshore.agent.docker.Statistics;
import dev.longshore.agent.link.TaskCalls;
import dev.longshore.agent.metadata.InstanceFacts;
import dev.longshore.agent.metadata.ProtectionCalls;
import dev.longshore.agent.metadata.TagLookup;
import dev.longshore.agent.metadata.TaskSource;
import dev.longshore.agent.task.RoleCredentials;
import dev.longshore.agent.task.TaskRow;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/** What the task endpoint is told of an agent. */
record AgentSource(
    Supplier<InstanceFacts> facts,
    Supplier<Collection<TaskRow>> rows,
    AgentTelemetry telemetry,
    CredentialStore store,
    TaskCalls calls)
    implements TaskSource {
  @Override
  public InstanceFacts instance() {
    return facts.get();
  }

  @Override
  public Collection<TaskRow> tasks() {
    return rows.get();
  }

  @Override
  public Optional<Statistics> statistics(String dockerId) {
    return telemetry.latest(dockerId);
  }

  @Override
  public Optional<RoleCredentials> credentials(String credentialsId) {
    return store.find(credentialsId).map(CredentialStore.Entry::credentials);
  }

  @Override
  public TagLookup tags() {
    return calls;
  }

  @Override
  public ProtectionCalls protection() {
    return calls;
  }
}
