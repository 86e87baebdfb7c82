package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretVersion;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.secretsmanager.InvalidRequestException;
import dev.longshore.shapes.secretsmanager.ResourceNotFoundException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds secrets by what callers call them. */
final class Secrets {
  private static final String RESOURCE = "secret:";

  private Secrets() {}

  /** The secret of a name, an ARN, or an ARN without its random ending; null: there is none. */
  static @Nullable Secret find(View view, String id) {
    if (!Arn.isMeant(id)) {
      return view.find(Secret.KIND, id);
    }
    for (Secret secret : view.by(Secret.BY_ARN, id)) {
      return secret;
    }
    String resource = Arn.parse(id).map(Arn::resource).orElse("");
    if (!resource.startsWith(RESOURCE)) {
      return null;
    }
    Secret secret = view.find(Secret.KIND, resource.substring(RESOURCE.length()));
    return secret != null && secret.arn().startsWith(id) ? secret : null;
  }

  /** The secret, be it marked for deletion or not. */
  static Secret existing(View view, String id) {
    Secret secret = find(view, id);
    if (secret == null) {
      throw notFound("Secrets Manager can't find the specified secret.");
    }
    return secret;
  }

  /** The secret that nobody has marked for deletion. */
  static Secret usable(View view, String id) {
    Secret secret = existing(view, id);
    if (secret.deletedAt() != null) {
      throw new InvalidRequestException(
          "You can't perform this operation on the secret because it was marked for deletion.");
    }
    return secret;
  }

  /** All versions, in the order of their ids. */
  static List<SecretVersion> versions(View view, Secret secret) {
    List<SecretVersion> versions = new ArrayList<>();
    view.by(SecretVersion.BY_SECRET, secret.arn()).forEach(versions::add);
    return versions;
  }

  static @Nullable SecretVersion version(View view, Secret secret, String id) {
    return view.find(SecretVersion.KIND, SecretVersion.key(secret.arn(), id));
  }

  /** The version that bears the label; null: none does. */
  static @Nullable SecretVersion labelled(View view, Secret secret, String stage) {
    for (SecretVersion version : view.by(SecretVersion.BY_SECRET, secret.arn())) {
      if (version.stages().contains(stage)) {
        return version;
      }
    }
    return null;
  }

  /** Takes the secret and all its versions away. */
  static void remove(Draft draft, Secret secret) {
    for (SecretVersion version : versions(draft, secret)) {
      draft.remove(SecretVersion.KIND, SecretVersion.KIND.keyOf(version));
    }
    draft.remove(Secret.KIND, secret.name());
  }

  static ResourceNotFoundException notFound(String text) {
    return new ResourceNotFoundException(text);
  }
}
