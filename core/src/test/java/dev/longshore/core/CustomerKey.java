package dev.longshore.core;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Vault;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A user's key of KMS in a harbour, for rooms whose values are under it. */
public final class CustomerKey {
  public static final String ID = "12345678-1234-4123-8123-123456789012";
  public static final String ARN = "arn:aws:kms:us-east-1:123456789012:key/" + ID;

  private final Harbour harbour;

  private CustomerKey(Harbour harbour) {
    this.harbour = harbour;
  }

  /** Makes the key. */
  public static CustomerKey in(Harbour harbour, Vault vault) {
    EncryptionKey key =
        new EncryptionKey(
            ID,
            vault.seal(vault.random(Vault.KEY_BYTES), EncryptionKey.boundTo(ID)),
            false,
            true,
            null,
            null,
            null,
            Map.of(),
            harbour.now());
    harbour.edit(draft -> draft.put(EncryptionKey.KIND, key));
    return new CustomerKey(harbour);
  }

  private void change(UnaryOperator<EncryptionKey> edit) {
    EncryptionKey key = harbour.state().find(EncryptionKey.KIND, ID);
    if (key == null) {
      throw new IllegalStateException("The key is gone.");
    }
    harbour.edit(draft -> draft.put(EncryptionKey.KIND, edit.apply(key)));
  }

  public void enable(boolean wanted) {
    change(key -> key.withEnabled(wanted));
  }

  /** As ScheduleKeyDeletion does. */
  public void schedule() {
    change(key -> key.withDeletion(harbour.now().plus(Duration.ofDays(7))));
  }

  public void setPolicy(String text) {
    change(key -> key.withPolicy(text));
  }

  public void remove() {
    harbour.edit(draft -> draft.remove(EncryptionKey.KIND, ID));
  }
}
