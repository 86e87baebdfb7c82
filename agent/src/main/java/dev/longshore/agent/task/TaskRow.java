package dev.longshore.agent.task;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task as the agent knows it; what is kept on disk for it.
 *
 * @param order the place in the order of arrival
 * @param admitted holds its share of the host's resources
 * @param reason why the task as a whole failed; empty in the ordinary cases
 * @param changes containers' changes no report carries yet
 * @param flushAt when they are sent even if the task itself does not move
 * @param outbox reports the control plane has not acknowledged, oldest first
 * @param sending the oldest is on its way
 * @param secrets how far what must be fetched is fetched; null for not at all
 * @param wakeAt when the task wants to be looked at again though nothing happened
 */
public record TaskRow(
    TaskSpec spec,
    DesiredStatus desired,
    TaskStatus known,
    long order,
    boolean admitted,
    String reason,
    List<ContainerRow> containers,
    List<VolumeRow> volumes,
    @Nullable Instant pullStartedAt,
    @Nullable Instant pullStoppedAt,
    @Nullable Instant executionStoppedAt,
    @Nullable Instant stoppedAt,
    List<ContainerReport> changes,
    @Nullable Instant flushAt,
    List<TaskReport> outbox,
    long reports,
    boolean sending,
    @Nullable Instant wakeAt,
    @Nullable SecretsState secrets) {

  public String arn() {
    return spec.arn();
  }

  public Optional<ContainerRow> container(String name) {
    return containers.stream().filter(c -> c.name().equals(name)).findFirst();
  }
}
