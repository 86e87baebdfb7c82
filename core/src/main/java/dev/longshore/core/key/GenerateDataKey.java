package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Blob;
import dev.longshore.shapes.kms.GenerateDataKeyRequest;
import dev.longshore.shapes.kms.GenerateDataKeyResponse;

/** Makes a key for the caller's own use, in the plain and encrypted; keeps neither. */
public final class GenerateDataKey
    implements Query<GenerateDataKeyRequest, GenerateDataKeyResponse> {
  private final Vault vault;
  private final KeyCipher cipher;

  GenerateDataKey(Vault vault, KeyCipher cipher) {
    this.vault = vault;
    this.cipher = cipher;
  }

  @Override
  public GenerateDataKeyResponse answer(
      View view, GenerateDataKeyRequest request, Context context) {
    int bytes = DataKeys.bytes(request.keySpec(), request.numberOfBytes());
    EncryptionKey key = Keys.usable(view, request.keyId(), context);
    KeyCipher.checkDryRun(request.dryRun());
    byte[] plain = vault.random(bytes);
    return GenerateDataKeyResponse.builder()
        .ciphertextBlob(cipher.encrypt(key, plain, request.encryptionContext()))
        .plaintext(Blob.of(plain))
        .keyId(Keys.arn(key, context))
        .build();
  }
}
