package dev.longshore.core.secret;

import dev.longshore.core.key.KeyRights;
import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretVersion;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Need;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ServiceException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rights on users' keys that reading and writing values needs. */
final class SecretKeyNeeds {
  static final List<String> WRITING = List.of("kms:GenerateDataKey", "kms:Decrypt");
  private static final List<String> READING = List.of("kms:Decrypt");

  /** AWS says no more than that. */
  private static final String DENIAL = "Access to KMS is not allowed";

  private SecretKeyNeeds() {}

  /**
   * Those on one key.
   *
   * @param secretArn the secret's, which is what the service encrypts for
   */
  static List<Need> of(
      View view,
      @Nullable String keyName,
      String secretArn,
      Context context,
      List<String> actions) {
    return KeyRights.through(
            "secretsmanager",
            view,
            keyName,
            Collections.singletonMap("SecretARN", secretArn),
            context,
            actions)
        .stream()
        .map(need -> need.deniedAs(DENIAL))
        .toList();
  }

  /** To read the version that is meant; nothing where there is none. */
  static List<Need> toRead(
      View view, String id, @Nullable String version, @Nullable String stage, Context context) {
    try {
      Secret secret = Secrets.usable(view, id);
      return toRead(view, GetSecretValue.version(view, secret, version, stage), context);
    } catch (ServiceException none) {
      // The action itself finds that out, and tells only who may ask.
      return List.of();
    }
  }

  private static List<Need> toRead(View view, SecretVersion version, Context context) {
    return of(view, version.keyId(), version.secretArn(), context, READING);
  }

  /**
   * To give a secret a new value.
   *
   * @param newKey the key that it comes under, with all values that bear a label; null: it stays
   */
  static List<Need> toWrite(View view, String id, @Nullable String newKey, Context context) {
    Secret secret = Secrets.find(view, id);
    if (secret == null) {
      return List.of();
    }
    List<Need> needs = new ArrayList<>();
    String key = newKey == null ? secret.kmsKeyId() : newKey;
    needs.addAll(of(view, key, secret.arn(), context, WRITING));
    if (newKey != null) {
      for (SecretVersion version : Secrets.versions(view, secret)) {
        if (!version.stages().isEmpty()) {
          needs.addAll(toRead(view, version, context));
        }
      }
    }
    return needs;
  }
}
