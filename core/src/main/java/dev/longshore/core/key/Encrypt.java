package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.kms.EncryptRequest;
import dev.longshore.shapes.kms.EncryptResponse;

/** Encrypts up to four kilobytes under a key. */
public final class Encrypt implements Query<EncryptRequest, EncryptResponse> {
  private final KeyCipher cipher;

  Encrypt(KeyCipher cipher) {
    this.cipher = cipher;
  }

  @Override
  public EncryptResponse answer(View view, EncryptRequest request, Context context) {
    KeyCipher.checkAlgorithm(request.encryptionAlgorithm());
    EncryptionKey key = Keys.usable(view, request.keyId(), context);
    KeyCipher.checkDryRun(request.dryRun());
    return new EncryptResponse(
        cipher.encrypt(key, request.plaintext().toBytes(), request.encryptionContext()),
        Keys.arn(key, context),
        KeyCipher.ALGORITHM);
  }
}
