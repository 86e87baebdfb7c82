package dev.longshore.wire;

import dev.longshore.shapes.Blob;
import dev.longshore.shapes.ListType;
import dev.longshore.shapes.Location;
import dev.longshore.shapes.MapType;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.TimestampFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes shapes as JSON. Absent members are left out. */
final class JsonWriter {
  private final JsonGenerator generator;
  private final boolean wireNames;

  /**
   * A writer.
   *
   * @param wireNames whether members have the names that the model gives for the wire
   */
  JsonWriter(JsonGenerator generator, boolean wireNames) {
    this.generator = generator;
    this.wireNames = wireNames;
  }

  /** Writes a structure as an object. */
  void structure(Shape shape) {
    generator.writeStartObject();
    members(shape, false);
    generator.writeEndObject();
  }

  /** Writes the members without the braces, if wished only those that belong in a body. */
  void members(Shape shape, boolean bodyOnly) {
    for (var member : shape.schema().members()) {
      var value = shape.member(member.index());
      if (value != null && (!bodyOnly || member.location() == Location.BODY)) {
        generator.writeName(wireNames ? member.wireName() : member.name());
        value(member, value);
      }
    }
  }

  /** Writes one value of this member's type; null only for elements of sparse collections. */
  void value(Member member, @Nullable Object value) {
    if (value == null) {
      generator.writeNull();
      return;
    }
    switch (member.kind()) {
      case STRING -> generator.writeString((String) value);
      case BOOLEAN -> generator.writeBoolean((Boolean) value);
      case INTEGER -> generator.writeNumber((Integer) value);
      case LONG -> generator.writeNumber((Long) value);
      case FLOAT -> generator.writeNumber((Float) value);
      case DOUBLE -> generator.writeNumber((Double) value);
      case TIMESTAMP -> timestamp(member, (Instant) value);
      case BLOB -> generator.writeString(((Blob) value).toBase64());
      case DOCUMENT -> free(value);
      case LIST -> list((ListType) member.type(), (List<?>) value);
      case MAP -> map((MapType) member.type(), (Map<?, ?>) value);
      case STRUCTURE -> structure((Shape) value);
    }
  }

  private void timestamp(Member member, Instant instant) {
    var format = member.timestampFormat();
    if (format == null || format == TimestampFormat.EPOCH_SECONDS) {
      generator.writeNumber(Timestamps.epochSeconds(instant));
    } else {
      generator.writeString(Timestamps.format(instant, format));
    }
  }

  private void list(ListType type, List<?> elements) {
    generator.writeStartArray();
    for (var element : elements) {
      value(type.element(), element);
    }
    generator.writeEndArray();
  }

  private void map(MapType type, Map<?, ?> entries) {
    generator.writeStartObject();
    for (var entry : entries.entrySet()) {
      generator.writeName((String) entry.getKey());
      value(type.value(), entry.getValue());
    }
    generator.writeEndObject();
  }

  private void free(@Nullable Object value) {
    switch (value) {
      case null -> generator.writeNull();
      case String text -> generator.writeString(text);
      case Boolean bool -> generator.writeBoolean(bool);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case Float number -> generator.writeNumber(number);
      case Double number -> generator.writeNumber(number);
      case BigInteger number -> generator.writeNumber(number);
      case BigDecimal number -> generator.writeNumber(number);
      case List<?> list -> {
        generator.writeStartArray();
        list.forEach(this::free);
        generator.writeEndArray();
      }
      case Map<?, ?> map -> {
        generator.writeStartObject();
        map.forEach((key, element) -> {
          generator.writeName((String) key);
          free(element);
        });
        generator.writeEndObject();
      }
      default -> throw new IllegalArgumentException(value.getClass() + " is no free JSON");
    }
  }
}
