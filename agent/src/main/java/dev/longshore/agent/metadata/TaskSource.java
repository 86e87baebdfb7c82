package dev.longshore.agent.metadata;

import dev.longshore.agent.docker.Statistics;
import dev.longshore.agent.task.RoleCredentials;
import dev.longshore.agent.task.TaskRow;
import java.util.Collection;
import java.util.Optional;

/**
 * What an agent tells the task endpoint. All methods are called on the requests' own threads, and
 * answer from memory, but for {@link #tags} and {@link #protection}.
 */
public interface TaskSource {
  InstanceFacts instance();

  /** The agent's tasks as they are now; containers are found by their rows' endpoint ids. */
  Collection<TaskRow> tasks();

  /** The newest statistics of a container; empty while there are none. */
  Optional<Statistics> statistics(String dockerId);

  /** The credentials of that id, which is all a container shows to get them. */
  Optional<RoleCredentials> credentials(String credentialsId);

  /** The calls for tags, which may go to the control plane. */
  TagLookup tags();

  /** The calls for task protection, which go to the control plane. */
  ProtectionCalls protection();
}
