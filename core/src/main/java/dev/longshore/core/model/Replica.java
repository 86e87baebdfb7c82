package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That an image is to be, or was, copied to another registry.
 *
 * @param registry account of the other registry
 * @param status in the API's words: IN_PROGRESS, COMPLETE or FAILED
 * @param failureCode why it failed
 * @param tags what was pushed with the image and is not there yet
 * @param pushes how often the image was pushed: a copy that was begun before is not the last
 */
public record Replica(
    String repository,
    String digest,
    String region,
    String registry,
    String status,
    @Nullable String failureCode,
    List<String> tags,
    long pushes) {
  public static final String IN_PROGRESS = "IN_PROGRESS";
  public static final String COMPLETE = "COMPLETE";
  public static final String FAILED = "FAILED";

  public static final Kind<Replica> KIND = Kind.of("replica", Replica.class, Replica::key);

  /** By key of the image. */
  public static final Index<Replica> BY_IMAGE = KIND.index("image", Replica::image);

  /** By status. */
  public static final Index<Replica> BY_STATUS = KIND.index("status", Replica::status);

  /** Keyed by image and place. */
  public static String key(String image, String region, String registry) {
    return image + '>' + region + '/' + registry;
  }

  public String key() {
    return key(image(), region, registry);
  }

  /** The image's key. */
  public String image() {
    return StoredImage.key(repository, digest);
  }

  /** The same after the image was pushed once more. */
  public Replica pushed(List<String> more) {
    List<String> all = new ArrayList<>(status.equals(IN_PROGRESS) ? tags : List.of());
    more.stream().filter(tag -> !all.contains(tag)).forEach(all::add);
    return new Replica(
        repository, digest, region, registry, IN_PROGRESS, null, List.copyOf(all), pushes + 1);
  }

  /**
   * The same at its end.
   *
   * @param failure null where all went well
   */
  public Replica ended(@Nullable String failure) {
    String end = failure == null ? COMPLETE : FAILED;
    return new Replica(repository, digest, region, registry, end, failure, List.of(), pushes);
  }
}
