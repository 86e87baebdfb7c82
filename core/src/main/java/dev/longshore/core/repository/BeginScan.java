package dev.longshore.core.repository;

import dev.longshore.core.model.ImageScan;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.ImageIdentifier;
import dev.longshore.shapes.ecr.LimitExceededException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Records that a scan of an image begins; that may be once in a day. */
public final class BeginScan implements Command<BeginScan.Asked, ImageScan> {
  private static final Duration PAUSE = Duration.ofDays(1);

  /** Which image. */
  public record Asked(@Nullable String registry, String repository, ImageIdentifier image) {}

  @Override
  public ImageScan decide(Draft draft, Asked asked, Context context) {
    Repositories.existing(draft, asked.registry(), asked.repository(), context);
    StoredImage image = Repositories.image(draft, asked.repository(), asked.image(), context);
    ImageScan last = draft.find(ImageScan.KIND, image.key());
    if (last != null && context.now().isBefore(last.startedAt().plus(PAUSE))) {
      throw new LimitExceededException(
          "The scan quota per image has been exceeded. Wait and try again.");
    }
    ImageScan scan = new ImageScan(image.key(), "IN_PROGRESS", null, context.now(), null);
    draft.put(ImageScan.KIND, scan);
    return scan;
  }
}
