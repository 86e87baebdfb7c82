package dev.longshore.server.api;

import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceException;
import dev.longshore.wire.Codec;
import org.jspecify.annotations.Nullable;

/** Whom a request is for. */
sealed interface Finding {
  /**
   * It is for this API.
   *
   * @param operation null where it stands in a body that must be verified before it is read
   */
  record Found(ServedApi api, Codec codec, @Nullable OperationModel operation) implements Finding {}

  /** It is for nothing that is served here. */
  record Lost(Codec codec, ServiceException error) implements Finding {}
}
