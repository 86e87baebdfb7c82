package dev.longshore.agent;

import dev.longshore.agent.task.RoleCredentials;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Role credentials by their unguessable id. They live in memory only: after a restart the control
 * plane is asked to send them again.
 */
public final class CredentialStore {
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

  /** Credentials and whose they are. */
  public record Entry(String taskArn, RoleCredentials credentials) {}

  public Optional<Entry> find(String credentialsId) {
    return Optional.ofNullable(entries.get(credentialsId));
  }

  void store(String taskArn, RoleCredentials credentials) {
    entries.put(credentials.credentialsId(), new Entry(taskArn, credentials));
  }

  void drop(String credentialsId) {
    entries.remove(credentialsId);
  }
}
