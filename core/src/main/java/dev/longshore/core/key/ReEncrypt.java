package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.kms.ReEncryptRequest;
import dev.longshore.shapes.kms.ReEncryptResponse;

/** Encrypts under another key, or for another context, without showing the value. */
public final class ReEncrypt implements Query<ReEncryptRequest, ReEncryptResponse> {
  private final KeyCipher cipher;

  ReEncrypt(KeyCipher cipher) {
    this.cipher = cipher;
  }

  @Override
  public ReEncryptResponse answer(View view, ReEncryptRequest request, Context context) {
    KeyCipher.checkAlgorithm(request.sourceEncryptionAlgorithm());
    KeyCipher.checkAlgorithm(request.destinationEncryptionAlgorithm());
    if (request.ciphertextBlob() == null) {
      throw Keys.invalid("CiphertextBlob is missing.");
    }
    KeyCipher.Opened opened =
        cipher.decrypt(
            view,
            request.ciphertextBlob(),
            request.sourceKeyId(),
            request.sourceEncryptionContext(),
            context);
    EncryptionKey to = Keys.usable(view, request.destinationKeyId(), context);
    KeyCipher.checkDryRun(request.dryRun());
    return ReEncryptResponse.builder()
        .ciphertextBlob(
            cipher.encrypt(to, opened.plain().toBytes(), request.destinationEncryptionContext()))
        .sourceKeyId(Keys.arn(opened.key(), context))
        .keyId(Keys.arn(to, context))
        .sourceEncryptionAlgorithm(KeyCipher.ALGORITHM)
        .destinationEncryptionAlgorithm(KeyCipher.ALGORITHM)
        .build();
  }
}
