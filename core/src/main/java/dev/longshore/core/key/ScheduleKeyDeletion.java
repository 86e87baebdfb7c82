package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.kms.ScheduleKeyDeletionRequest;
import dev.longshore.shapes.kms.ScheduleKeyDeletionResponse;
import java.time.Duration;

/** Has a key deleted after a window; with it goes whatever it has encrypted. */
public final class ScheduleKeyDeletion
    implements Command<ScheduleKeyDeletionRequest, ScheduleKeyDeletionResponse> {
  private static final int LEAST_DAYS = 7;
  private static final int MOST_DAYS = 30;

  @Override
  public ScheduleKeyDeletionResponse decide(
      Draft draft, ScheduleKeyDeletionRequest request, Context context) {
    int days = request.pendingWindowInDays() == null ? MOST_DAYS : request.pendingWindowInDays();
    if (days < LEAST_DAYS || days > MOST_DAYS) {
      throw Keys.invalid("PendingWindowInDays must be between 7 and 30 days (inclusive).");
    }
    EncryptionKey key =
        Keys.notPending(Keys.changeable(draft, request.keyId(), context), context)
            .withDeletion(context.now().plus(Duration.ofDays(days)));
    draft.put(EncryptionKey.KIND, key);
    return new ScheduleKeyDeletionResponse(
        Keys.arn(key, context), key.deletionDue(), DescribeKey.state(key), days);
  }
}
