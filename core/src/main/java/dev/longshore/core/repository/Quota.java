package dev.longshore.core.repository;

import dev.longshore.core.model.StoredImage;
import dev.longshore.core.model.StoredLayer;
import dev.longshore.core.operation.Place;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.LimitExceededException;

/**
 * How many bytes the registry may hold: layers, configurations and manifests, each once for every
 * repository that has it. ECR has no such limit; a disk has.
 *
 * @param registry bytes of all repositories
 * @param repository bytes of each
 */
public record Quota(long registry, long repository) {
  /** As much as there is room for. */
  public static final Quota NONE = new Quota(Long.MAX_VALUE, Long.MAX_VALUE);

  /**
   * Whether there is room.
   *
   * @param more bytes that the repository is to have besides
   * @throws LimitExceededException there is none
   */
  public void check(View view, String name, long more, Place place) {
    long ofRepository =
        view.total(StoredLayer.BYTES, name) + view.total(StoredImage.MANIFEST_BYTES, name);
    if (more > repository - ofRepository) {
      throw new LimitExceededException(
          "The repository with name '"
              + name
              + "' in registry with id '"
              + place.accountId()
              + "' cannot have more than "
              + repository
              + " bytes.");
    }
    long all =
        view.total(StoredLayer.ALL_BYTES, StoredLayer.ALL)
            + view.total(StoredImage.ALL_MANIFEST_BYTES, StoredLayer.ALL);
    if (more > registry - all) {
      throw new LimitExceededException(
          "The registry with id '"
              + place.accountId()
              + "' cannot have more than "
              + registry
              + " bytes.");
    }
  }
}
