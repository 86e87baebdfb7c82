package dev.longshore.core.repository;

import dev.longshore.core.model.ImageScan;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;

/** Records how a scan ended, if its image is still there. */
public final class EndScan implements Command<ImageScan, Boolean> {

  @Override
  public Boolean decide(Draft draft, ImageScan scan, Context context) {
    boolean there = draft.find(StoredImage.KIND, scan.image()) != null;
    if (there) {
      draft.put(ImageScan.KIND, scan);
    }
    return there;
  }
}
