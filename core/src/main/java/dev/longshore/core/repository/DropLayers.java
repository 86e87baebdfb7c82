package dev.longshore.core.repository;

import dev.longshore.core.model.StoredLayer;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import java.time.Instant;
import java.util.List;

/** Forgets layers that no image has; their bytes are collected later. */
public final class DropLayers implements Command<DropLayers.Layers, Integer> {
  /** Layers forgotten by one command, so that a turn stays short. */
  public static final int MOST = 1_000;

  /**
   * What to forget.
   *
   * @param keys keys of layers; those that an image has meanwhile stay
   * @param unusedSince layers that lost their last image later than this stay
   */
  public record Layers(List<String> keys, Instant unusedSince) {}

  @Override
  public Integer decide(Draft draft, Layers layers, Context context) {
    int dropped = 0;
    for (String key : layers.keys()) {
      StoredLayer layer = draft.find(StoredLayer.KIND, key);
      if (layer != null && layer.images() == 0 && !layer.since().isAfter(layers.unusedSince())) {
        draft.remove(StoredLayer.KIND, key);
        dropped++;
      }
    }
    return dropped;
  }
}
