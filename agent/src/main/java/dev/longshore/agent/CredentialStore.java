package dev.longshore.agent;

import dev.longshore.agent.task.RoleCredentials;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Role credentials by their unguessable id. They live in memory only: after a restart the control
 * plane is asked to send them again.
 */
public final class CredentialStore {
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, CompletableFuture<Entry>> awaited =
      new ConcurrentHashMap<>();

  /** Credentials and whose they are. */
  public record Entry(String taskArn, RoleCredentials credentials) {}

  public Optional<Entry> find(String credentialsId) {
    return Optional.ofNullable(entries.get(credentialsId));
  }

  /** Those credentials, if need be once they come; empty where they do not come in time. */
  Optional<Entry> await(String credentialsId, Duration limit) throws InterruptedException {
    CompletableFuture<Entry> coming =
        awaited.computeIfAbsent(credentialsId, id -> new CompletableFuture<>());
    find(credentialsId).ifPresent(coming::complete);
    try {
      return Optional.of(coming.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } finally {
      awaited.remove(credentialsId, coming);
    }
  }

  void store(String taskArn, RoleCredentials credentials) {
    Entry entry = new Entry(taskArn, credentials);
    entries.put(credentials.credentialsId(), entry);
    CompletableFuture<Entry> coming = awaited.remove(credentials.credentialsId());
    if (coming != null) {
      coming.complete(entry);
    }
  }

  void drop(String credentialsId) {
    entries.remove(credentialsId);
  }
}
