package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretVersion;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.Blob;
import dev.longshore.shapes.secretsmanager.LimitExceededException;
import dev.longshore.shapes.secretsmanager.ResourceExistsException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds versions to secrets and moves staging labels between them. */
final class Versions {
  static final String CURRENT = "AWSCURRENT";
  static final String PREVIOUS = "AWSPREVIOUS";
  static final String PENDING = "AWSPENDING";

  /** Versions of a secret that are kept; deprecated ones go when there are more. */
  static final int MOST = 100;

  /** Labels that one version may bear. */
  static final int MOST_STAGES = 20;

  /** A deprecated version stays at least for so long. */
  private static final Duration KEPT = Duration.ofHours(24);

  private final SecretSeals seals;

  Versions(SecretSeals seals) {
    this.seals = seals;
  }

  /** The version's id: the caller's token, or a new one. */
  static String id(@Nullable String token, Context context) {
    return token == null ? context.ids().uuid() : token;
  }

  /**
   * Adds a version with these labels, or finds it there with the same value.
   *
   * @throws ResourceExistsException there is a version of that id with another value
   */
  SecretVersion add(
      Draft draft,
      Secret secret,
      String id,
      SecretValue value,
      List<String> stages,
      Context context) {
    SecretVersion existing = Secrets.version(draft, secret, id);
    if (existing != null && !existing.isEmpty()) {
      if (seals.holds(draft, existing, value, context)) {
        return existing;
      }
      throw new ResourceExistsException(
          "You can't use ClientRequestToken "
              + id
              + " because that value is already in use for a version of secret "
              + secret.arn()
              + ".");
    }
    SecretVersion bare = existing == null ? reserved(draft, secret, id, context) : existing;
    draft.put(SecretVersion.KIND, seals.sealed(draft, secret, bare, value, context));
    for (String stage : stages) {
      label(draft, secret, id, stage);
    }
    draft.put(Secret.KIND, secret.edit().changed(context.now()).build());
    SecretVersion added = Secrets.version(draft, secret, id);
    return added == null ? bare : added;
  }

  /** Makes room for a version, which has no value and no label. */
  private static SecretVersion reserved(Draft draft, Secret secret, String id, Context context) {
    makeRoom(draft, secret, context.now());
    return new SecretVersion(secret.arn(), id, List.of(), Blob.EMPTY, false, context.now(), null);
  }

  /** Sees to it that the version is there and is the pending one; its value may come later. */
  static void pend(Draft draft, Secret secret, String id, Context context) {
    if (Secrets.version(draft, secret, id) == null) {
      draft.put(SecretVersion.KIND, reserved(draft, secret, id, context));
    }
    label(draft, secret, id, PENDING);
  }

  /** Moves a label to a version; what was current becomes the previous one. */
  static void label(Draft draft, Secret secret, String id, String stage) {
    SecretVersion holder = Secrets.labelled(draft, secret, stage);
    if (holder != null && holder.id().equals(id)) {
      return;
    }
    if (holder != null) {
      drop(draft, holder, stage);
      if (stage.equals(CURRENT)) {
        label(draft, secret, holder.id(), PREVIOUS);
      }
    }
    SecretVersion version = Secrets.version(draft, secret, id);
    if (version == null) {
      throw Secrets.notFound(
          "Secrets Manager can't find the specified secret value for VersionId: " + id);
    }
    if (version.stages().size() >= MOST_STAGES) {
      throw new LimitExceededException(
          "You can't have more than " + MOST_STAGES + " staging labels on a version.");
    }
    List<String> stages = new ArrayList<>(version.stages());
    stages.add(stage);
    if (stage.equals(CURRENT)) {
      stages.remove(PREVIOUS);
    }
    draft.put(SecretVersion.KIND, version.withStages(stages));
  }

  /** Takes a label from the version that bears it. */
  static void drop(Draft draft, SecretVersion holder, String stage) {
    List<String> stages = new ArrayList<>(holder.stages());
    stages.remove(stage);
    draft.put(SecretVersion.KIND, holder.withStages(stages));
  }

  /** Seals all that bear a label anew, for a secret that has come under another key. */
  void sealAnew(Draft draft, Secret secret, Context context) {
    for (SecretVersion version : Secrets.versions(draft, secret)) {
      if (!version.stages().isEmpty() && !version.isEmpty()) {
        SecretValue value = seals.opened(draft, version, context);
        draft.put(SecretVersion.KIND, seals.sealed(draft, secret, version, value, context));
      }
    }
  }

  private static void makeRoom(Draft draft, Secret secret, Instant now) {
    int count = draft.count(SecretVersion.BY_SECRET, secret.arn());
    if (count < MOST) {
      return;
    }
    SecretVersion oldest =
        Secrets.versions(draft, secret).stream()
            .filter(version -> version.stages().isEmpty())
            .filter(version -> version.createdAt().isBefore(now.minus(KEPT)))
            .min(Comparator.comparing(SecretVersion::createdAt))
            .orElseThrow(() ->
                new LimitExceededException(
                    "You can't have more than " + MOST + " versions of a secret."));
    draft.remove(SecretVersion.KIND, SecretVersion.KIND.keyOf(oldest));
  }
}
