package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.kms.CancelKeyDeletionRequest;
import dev.longshore.shapes.kms.CancelKeyDeletionResponse;
import dev.longshore.shapes.kms.KMSInvalidStateException;

/** Takes a deletion back that is not done yet; the key stays disabled until it is enabled. */
public final class CancelKeyDeletion
    implements Command<CancelKeyDeletionRequest, CancelKeyDeletionResponse> {
  @Override
  public CancelKeyDeletionResponse decide(
      Draft draft, CancelKeyDeletionRequest request, Context context) {
    EncryptionKey key = Keys.changeable(draft, request.keyId(), context);
    if (key.deletionDue() == null) {
      throw new KMSInvalidStateException(Keys.arn(key, context) + " is not pending deletion.");
    }
    draft.put(EncryptionKey.KIND, key.withDeletion(null));
    return new CancelKeyDeletionResponse(Keys.arn(key, context));
  }
}
