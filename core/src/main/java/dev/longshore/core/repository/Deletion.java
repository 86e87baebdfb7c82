package dev.longshore.core.repository;

import dev.longshore.core.model.ImageScan;
import dev.longshore.core.model.ImageTag;
import dev.longshore.core.model.ManifestReference;
import dev.longshore.core.model.Replica;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.model.StoredLayer;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.util.ArrayList;
import java.util.List;

/** Takes images out of a repository. */
final class Deletion {
  private Deletion() {}

  /** The digests of the indexes that list an image; while there are any, it stays. */
  static List<String> parents(View view, StoredImage image) {
    List<String> parents = new ArrayList<>();
    view.by(ManifestReference.BY_CHILD, image.key()).forEach(row -> parents.add(row.parent()));
    return parents;
  }

  /** Why an image that indexes list cannot be deleted. */
  static String listedBy(List<String> parents) {
    return "Requested image referenced by manifest list: " + parents;
  }

  /** Removes an image with its tags; its layers are left to be collected. */
  static void remove(Draft draft, StoredImage image, Context context) {
    for (ImageTag tag : draft.by(ImageTag.BY_IMAGE, image.key())) {
      draft.remove(ImageTag.KIND, ImageTag.key(tag.repository(), tag.tag()));
    }
    for (String child : image.children()) {
      draft.remove(
          ManifestReference.KIND, ManifestReference.key(image.repository(), image.digest(), child));
    }
    for (String digest : image.layers()) {
      StoredLayer layer = draft.find(StoredLayer.KIND, StoredImage.key(image.repository(), digest));
      if (layer != null) {
        draft.put(StoredLayer.KIND, layer.used(-1, context.now()));
      }
    }
    for (Replica replica : draft.by(Replica.BY_IMAGE, image.key())) {
      draft.remove(Replica.KIND, replica.key());
    }
    if (draft.find(ImageScan.KIND, image.key()) != null) {
      draft.remove(ImageScan.KIND, image.key());
    }
    draft.remove(StoredImage.KIND, image.key());
  }
}
