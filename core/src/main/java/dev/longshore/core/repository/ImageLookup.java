package dev.longshore.core.repository;

import dev.longshore.core.model.StoredImage;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.ImageFailure;
import dev.longshore.shapes.ecr.ImageFailureCode;
import dev.longshore.shapes.ecr.ImageIdentifier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says, as batches do, why an identifier names no image. */
public final class ImageLookup {
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");
  private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,299}");

  private ImageLookup() {}

  /** Why there is no such image; null where there is. */
  public static @Nullable ImageFailure failure(View view, String repository, ImageIdentifier id) {
    String digest = id.imageDigest();
    String tag = id.imageTag();
    if (digest == null && tag == null) {
      return new ImageFailure(
          id,
          ImageFailureCode.MISSING_DIGEST_AND_TAG,
          "Invalid request parameters: both tag and digest cannot be null");
    }
    if (digest != null && !DIGEST.matcher(digest).matches()) {
      return new ImageFailure(
          id,
          ImageFailureCode.INVALID_IMAGE_DIGEST,
          "Invalid request parameters: image digest should satisfy the regex"
              + " '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'");
    }
    if (tag != null && !TAG.matcher(tag).matches()) {
      return new ImageFailure(
          id,
          ImageFailureCode.INVALID_IMAGE_TAG,
          "Invalid request parameters: image tag is not valid");
    }
    StoredImage image = Repositories.find(view, repository, digest, tag);
    if (image == null) {
      return new ImageFailure(id, ImageFailureCode.IMAGE_NOT_FOUND, "Requested image not found");
    }
    if (digest != null && !Repositories.agrees(view, image, tag)) {
      return new ImageFailure(
          id,
          ImageFailureCode.IMAGE_TAG_DOES_NOT_MATCH_DIGEST,
          "Requested image tag does not match the requested image digest");
    }
    return null;
  }
}
