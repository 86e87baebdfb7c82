package dev.longshore.wire;

import dev.longshore.shapes.Member;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ShapeBuilder;
import dev.longshore.shapes.Structure;
import org.jspecify.annotations.Nullable;

/** The format of bodies in a REST protocol. Bodies given to the readers are not empty. */
sealed interface RestBody permits JsonBody, XmlBody {
  String contentType();

  /** Reads the members that belong in a body. */
  void readMembers(Structure structure, ShapeBuilder builder, byte[] body);

  /** Reads the member that is the whole body. */
  @Nullable Object readPayload(Member member, byte[] body);

  /** Writes the members that belong in a body; null when there is nothing to write. */
  byte @Nullable [] writeMembers(OperationModel operation, Shape shape);

  /** Writes the member that is the whole body. */
  byte[] writePayload(Member member, Object value);

  byte[] writeError(ServiceException error, String requestId);
}
