package dev.longshore.agent;

import dev.longshore.agent.link.SecretCalls;
import dev.longshore.agent.task.Effect;
import dev.longshore.agent.task.Event;
import dev.longshore.agent.task.RoleCredentials;
import dev.longshore.wire.signature.Credentials;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Fetches what a task's containers need, with the keys of its execution role. */
final class SecretKeeper {
  /** After a restart the control plane sends the keys again; Amazon's agent waits as long. */
  private static final Duration KEYS_WAIT = Duration.ofSeconds(60);

  private final SecretCalls calls;
  private final CredentialStore credentials;
  private final TaskSecrets secrets;

  SecretKeeper(SecretCalls calls, CredentialStore credentials, TaskSecrets secrets) {
    this.calls = calls;
    this.credentials = credentials;
    this.secrets = secrets;
  }

  Event fetch(Effect.FetchSecrets effect) throws InterruptedException {
    try {
      SecretFetch fetch = new SecretFetch(calls, keys(effect.credentialsId()));
      secrets.put(effect.taskArn(), fetch.of(effect.containers()));
      return new Event.SecretsFetched(effect.taskArn());
    } catch (UnavailableException e) {
      return new Event.SecretsFailed(effect.taskArn(), String.valueOf(e.getMessage()));
    }
  }

  void drop(String taskArn) {
    secrets.drop(taskArn);
  }

  private Credentials keys(@Nullable String credentialsId)
      throws UnavailableException, InterruptedException {
    if (credentialsId == null) {
      throw new UnavailableException(SecretReasons.noRole());
    }
    RoleCredentials role =
        credentials
            .await(credentialsId, KEYS_WAIT)
            .map(CredentialStore.Entry::credentials)
            .orElseThrow(() -> new UnavailableException(SecretReasons.noRole()));
    return new Credentials(
        role.accessKeyId(), role.secretAccessKey(), role.sessionToken(), Instant.MAX);
  }
}
