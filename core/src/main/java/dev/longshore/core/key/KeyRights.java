package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Need;
import dev.longshore.core.state.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rights on keys that callers need, also those whose keys another service uses for them. */
public final class KeyRights {
  private KeyRights() {}

  /** That action on that key, under the key's own policy, and what grants add to it. */
  static Need on(String action, EncryptionKey key, View view, Context context) {
    return Need.of(action, Keys.arn(key, context))
        .with("kms:CallerAccount", context.caller().accountId())
        .withResourceTags(key.tags())
        .decidedBy(KeyPolicies.of(view, key, context))
        .under(Grants.policy(view, key, action, context.caller()));
  }

  /** With the pairs of an encryption context as condition keys. */
  static Need within(Need need, @Nullable Map<String, String> encryptionContext) {
    if (encryptionContext == null || encryptionContext.isEmpty()) {
      return need;
    }
    Need more = need.with("kms:EncryptionContextKeys", List.copyOf(encryptionContext.keySet()));
    for (Map.Entry<String, String> pair : encryptionContext.entrySet()) {
      more = more.with("kms:EncryptionContext:" + pair.getKey(), pair.getValue());
    }
    return more;
  }

  /**
   * What a caller must be allowed to do with a user's key that a service uses for them; nothing
   * where it is the service's own key, or none that is known.
   *
   * @param service as its endpoints begin, for example {@code ssm}
   * @param keyName the key's id, alias or ARN; null or empty: the service's own
   * @param encryptionContext what the service encrypts for
   * @param actions for example {@code kms:Decrypt}
   */
  public static List<Need> through(
      String service,
      View view,
      @Nullable String keyName,
      Map<String, String> encryptionContext,
      Context context,
      List<String> actions) {
    EncryptionKey key = keyName == null ? null : Keys.find(view, keyName);
    if (key == null || key.managed()) {
      return List.of();
    }
    List<Need> needs = new ArrayList<>();
    for (String action : actions) {
      needs.add(
          within(on(action, key, view, context), encryptionContext)
              .with("kms:ViaService", service + '.' + context.place().region() + ".amazonaws.com")
              .with("aws:ViaAWSService", "true")
              .with("aws:CalledVia", service + ".amazonaws.com"));
    }
    return needs;
  }
}
