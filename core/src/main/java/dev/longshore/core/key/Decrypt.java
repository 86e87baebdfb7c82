package dev.longshore.core.key;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.kms.DecryptRequest;
import dev.longshore.shapes.kms.DecryptResponse;

/** Decrypts what a key has encrypted; the ciphertext says which. */
public final class Decrypt implements Query<DecryptRequest, DecryptResponse> {
  private final KeyCipher cipher;

  Decrypt(KeyCipher cipher) {
    this.cipher = cipher;
  }

  @Override
  public DecryptResponse answer(View view, DecryptRequest request, Context context) {
    KeyCipher.checkAlgorithm(request.encryptionAlgorithm());
    if (request.ciphertextBlob() == null) {
      throw Keys.invalid("CiphertextBlob is missing.");
    }
    KeyCipher.Opened opened =
        cipher.decrypt(
            view, request.ciphertextBlob(), request.keyId(), request.encryptionContext(), context);
    KeyCipher.checkDryRun(request.dryRun());
    return DecryptResponse.builder()
        .keyId(Keys.arn(opened.key(), context))
        .plaintext(opened.plain())
        .encryptionAlgorithm(KeyCipher.ALGORITHM)
        .build();
  }
}
