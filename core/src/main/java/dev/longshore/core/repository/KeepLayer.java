package dev.longshore.core.repository;

import dev.longshore.core.model.StoredImage;
import dev.longshore.core.model.StoredLayer;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import org.jspecify.annotations.Nullable;

/** Records that a repository has a layer whose bytes are stored. */
public final class KeepLayer implements Command<KeepLayer.Layer, StoredLayer> {
  /**
   * What to record.
   *
   * @param registry the registry's id where the request names one
   */
  public record Layer(@Nullable String registry, String repository, String digest, long size) {}

  private final Quota quota;

  public KeepLayer(Quota quota) {
    this.quota = quota;
  }

  @Override
  public StoredLayer decide(Draft draft, Layer layer, Context context) {
    Repositories.existing(draft, layer.registry(), layer.repository(), context);
    StoredLayer known =
        draft.find(StoredLayer.KIND, StoredImage.key(layer.repository(), layer.digest()));
    if (known == null) {
      quota.check(draft, layer.repository(), layer.size(), context.place());
    }
    int images = known == null ? 0 : known.images();
    // Kept anew even where it is known: whoever sent it has time to push its image.
    var kept =
        new StoredLayer(layer.repository(), layer.digest(), layer.size(), images, context.now());
    draft.put(StoredLayer.KIND, kept);
    return kept;
  }
}
