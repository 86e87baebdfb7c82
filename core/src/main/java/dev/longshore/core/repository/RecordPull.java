package dev.longshore.core.repository;

import dev.longshore.core.model.PullTimeExclusion;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.time.Duration;
import java.time.Instant;

/** Records that an image was pulled; not more often than once a day, as ECR does. */
public final class RecordPull implements Command<String, Boolean> {
  private static final Duration GRAIN = Duration.ofDays(1);

  /** Whether a pull at that time is worth recording. */
  public static boolean due(StoredImage image, Instant now) {
    return image.pulledAt() == null || !now.isBefore(image.pulledAt().plus(GRAIN));
  }

  /** Whether a caller's pulls count: those of excluded principals do not. */
  public static boolean counts(View view, Caller caller) {
    for (PullTimeExclusion excluded : view.all(PullTimeExclusion.KIND)) {
      if (caller.is(excluded.principalArn())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Boolean decide(Draft draft, String key, Context context) {
    StoredImage image = draft.find(StoredImage.KIND, key);
    if (image != null && due(image, context.now())) {
      draft.put(StoredImage.KIND, image.pulled(context.now()));
    }
    return true;
  }
}
