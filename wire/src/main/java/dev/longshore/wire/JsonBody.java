package dev.longshore.wire;

import dev.longshore.shapes.Member;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ShapeBuilder;
import dev.longshore.shapes.Structure;
import org.jspecify.annotations.Nullable;

/** The bodies of restJson1. */
record JsonBody() implements RestBody {
  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public void readMembers(Structure structure, ShapeBuilder builder, byte[] body) {
    ShapeJson.decodeBody(structure, builder, body);
  }

  @Override
  public @Nullable Object readPayload(Member member, byte[] body) {
    return ShapeJson.decodeValue(member, body);
  }

  @Override
  public byte[] writeMembers(OperationModel operation, Shape shape) {
    return ShapeJson.write(generator -> {
      generator.writeStartObject();
      new JsonWriter(generator, Notation.JSON_WIRE_NAMES).members(shape, true);
      generator.writeEndObject();
    });
  }

  @Override
  public byte[] writePayload(Member member, Object value) {
    return ShapeJson.write(
        generator -> new JsonWriter(generator, Notation.JSON_WIRE_NAMES).value(member, value));
  }

  @Override
  public byte[] writeError(ServiceException error, String requestId) {
    return ShapeJson.write(generator -> {
      generator.writeStartObject();
      var text = ErrorMembers.unmodelledMessage(error);
      if (text != null) {
        generator.writeName("message");
        generator.writeString(text);
      }
      new JsonWriter(generator, Notation.JSON_WIRE_NAMES).members(error, true);
      generator.writeEndObject();
    });
  }
}
