package dev.longshore.core.key;

import dev.longshore.core.operation.Operations;
import dev.longshore.core.operation.Vault;

/** Registers the actions of the key management service that are built. */
public final class KeyRoom {
  private KeyRoom() {}

  /** Registers them. */
  public static void register(Operations operations, Vault vault) {
    KeyCipher cipher = new KeyCipher(vault);
    operations.command("CreateKey", new CreateKey(vault));
    operations.query("DescribeKey", new DescribeKey());
    operations.query("ListKeys", new ListKeys());
    operations.command("CreateAlias", new CreateAlias());
    operations.command("UpdateAlias", new UpdateAlias());
    operations.command("DeleteAlias", new DeleteAlias());
    operations.query("ListAliases", new ListAliases());
    operations.query("Encrypt", new Encrypt(cipher));
    operations.query("Decrypt", new Decrypt(cipher));
    operations.query("ReEncrypt", new ReEncrypt(cipher));
    operations.query("GenerateDataKey", new GenerateDataKey(vault, cipher));
    operations.query(
        "GenerateDataKeyWithoutPlaintext", new GenerateDataKeyWithoutPlaintext(vault, cipher));
    operations.query("GenerateRandom", new GenerateRandom(vault));
    operations.command("EnableKey", new EnableKey());
    operations.command("DisableKey", new DisableKey());
    operations.command("ScheduleKeyDeletion", new ScheduleKeyDeletion());
    operations.command("CancelKeyDeletion", new CancelKeyDeletion());
    operations.command("UpdateKeyDescription", new UpdateKeyDescription());
    operations.command("PutKeyPolicy", new PutKeyPolicy());
    operations.query("GetKeyPolicy", new GetKeyPolicy());
    operations.query("ListKeyPolicies", new ListKeyPolicies());
    operations.command("CreateGrant", new CreateGrant());
    operations.query("ListGrants", new ListGrants());
    operations.query("ListRetirableGrants", new ListRetirableGrants());
    operations.command("RevokeGrant", new RevokeGrant());
    operations.command("RetireGrant", new RetireGrant());
    operations.command("TagResource", new TagResource());
    operations.command("UntagResource", new UntagResource());
    operations.query("ListResourceTags", new ListResourceTags());
    operations.reconciler(new KeyReconciler(vault));
    operations.needs(new KeyNeeds());
  }
}
