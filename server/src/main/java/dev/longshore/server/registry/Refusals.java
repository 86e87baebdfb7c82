package dev.longshore.server.registry;

import dev.longshore.shapes.ServiceException;
import java.util.Objects;

/** ECR's errors in the words of the distribution protocol. */
final class Refusals {
  private Refusals() {}

  static RefusedException of(ServiceException error) {
    String message = Objects.requireNonNullElse(error.getMessage(), error.code());
    return switch (error.code()) {
      case "RepositoryNotFoundException" -> new RefusedException(404, "NAME_UNKNOWN", message);
      case "ImageNotFoundException" -> RefusedException.manifestUnknown();
      case "ImageTagAlreadyExistsException" -> new RefusedException(400, "TAG_INVALID", message);
      case "LayersNotFoundException", "ReferencedImagesNotFoundException" ->
          new RefusedException(400, "MANIFEST_BLOB_UNKNOWN", message);
      case "LimitExceededException" -> new RefusedException(403, "DENIED", message);
      case "ThrottlingException" ->
          new RefusedException(429, "TOOMANYREQUESTS", message).with("retry-after", "1");
      case "InvalidParameterException" -> new RefusedException(405, "UNSUPPORTED", message);
      default -> new RefusedException(error.isServerFault() ? 503 : 400, "DENIED", message);
    };
  }
}
