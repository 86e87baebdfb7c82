package dev.longshore.wire;

import dev.longshore.shapes.Blob;
import dev.longshore.shapes.ListType;
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
import tools.jackson.dataformat.cbor.CBORGenerator;

/** Writes shapes as JSON or CBOR. Absent members are left out. */
final class JsonWriter {
  /** CBOR's tag for seconds since 1970. */
  private static final int EPOCH_TAG = 1;

  private final JsonGenerator generator;
  private final Notation notation;

  JsonWriter(JsonGenerator generator, Notation notation) {
    this.generator = generator;
    this.notation = notation;
  }

  /** Writes a structure as an object. */
  void structure(Shape shape) {
    generator.writeStartObject();
    members(shape, false);
    generator.writeEndObject();
  }

  /**
   * Writes the members without the braces, if wished only those that belong in a response's body.
   */
  void members(Shape shape, boolean bodyOnly) {
    for (var member : shape.schema().members()) {
      var value = shape.member(member.index());
      if (value != null && (!bodyOnly || member.location().isInResponseBody())) {
        generator.writeName(notation.usesWireNames() ? member.wireName() : member.name());
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
      case BLOB -> blob((Blob) value);
      case DOCUMENT -> free(value);
      case LIST -> list((ListType) member.type(), (List<?>) value);
      case MAP -> map((MapType) member.type(), (Map<?, ?>) value);
      case STRUCTURE -> structure((Shape) value);
    }
  }

  private void blob(Blob blob) {
    if (notation.isBinary()) {
      generator.writeBinary(blob.toBytes());
    } else {
      generator.writeString(blob.toBase64());
    }
  }

  private void timestamp(Member member, Instant instant) {
    if (generator instanceof CBORGenerator cbor) {
      cbor.writeTag(EPOCH_TAG);
      cbor.writeNumber(instant.toEpochMilli() / 1000d);
      return;
    }
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
