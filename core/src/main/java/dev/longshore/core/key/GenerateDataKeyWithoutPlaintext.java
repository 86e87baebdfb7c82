package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.state.View;
import dev.longshore.shapes.kms.GenerateDataKeyWithoutPlaintextRequest;
import dev.longshore.shapes.kms.GenerateDataKeyWithoutPlaintextResponse;

/** Makes a key for the caller's own use, encrypted, and keeps it not. */
public final class GenerateDataKeyWithoutPlaintext
    implements Query<
        GenerateDataKeyWithoutPlaintextRequest, GenerateDataKeyWithoutPlaintextResponse> {
  private final Vault vault;
  private final KeyCipher cipher;

  GenerateDataKeyWithoutPlaintext(Vault vault, KeyCipher cipher) {
    this.vault = vault;
    this.cipher = cipher;
  }

  @Override
  public GenerateDataKeyWithoutPlaintextResponse answer(
      View view, GenerateDataKeyWithoutPlaintextRequest request, Context context) {
    int bytes = DataKeys.bytes(request.keySpec(), request.numberOfBytes());
    EncryptionKey key = Keys.usable(view, request.keyId(), context);
    KeyCipher.checkDryRun(request.dryRun());
    byte[] plain = vault.random(bytes);
    return GenerateDataKeyWithoutPlaintextResponse.builder()
        .ciphertextBlob(cipher.encrypt(key, plain, request.encryptionContext()))
        .keyId(Keys.arn(key, context))
        .build();
  }
}
