package dev.longshore.core.taskdefinition;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells where images come from. */
final class Images {
  private static final Pattern ECR =
      Pattern.compile("[0-9]{12}\\.dkr[.-]ecr[a-z-]*\\.[a-z0-9-]+\\.(amazonaws\\.com|on\\.aws).*");

  private Images() {}

  /** Whether an image is in a private repository of Amazon ECR. */
  static boolean isInEcr(@Nullable String image) {
    return image != null && ECR.matcher(image).matches();
  }
}
