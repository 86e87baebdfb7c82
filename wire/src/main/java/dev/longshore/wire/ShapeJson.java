package dev.longshore.wire;

import dev.longshore.shapes.Member;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ShapeBuilder;
import dev.longshore.shapes.Structure;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Shapes as bare JSON, with members under the names they have in the model. */
public final class ShapeJson {
  /** Deeper than any model nests, and shallow enough for every thread's stack. */
  private static final int MAX_DEPTH = 128;

  private static final int MAX_NUMBER_LENGTH = 100;

  /** A part of a layer has up to 20 MiB, a third more as base64; whole bodies are no larger. */
  private static final int MAX_STRING_LENGTH = 29 << 20;

  private static final int MAX_NAME_LENGTH = 1 << 10;

  static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxNumberLength(MAX_NUMBER_LENGTH)
          .maxStringLength(MAX_STRING_LENGTH)
          .maxNameLength(MAX_NAME_LENGTH)
          .build();

  private static final JsonFactory FACTORY =
      JsonFactory.builder().streamReadConstraints(LIMITS).build();

  private ShapeJson() {}

  /**
   * Reads a structure as leniently as AWS: unknown members are skipped and null is absent.
   *
   * @throws ServiceException {@code SerializationException} when the text is not JSON, a value has
   *     the wrong type, or the text is nested deeper than 128 levels
   */
  public static Shape decode(Structure structure, byte[] json) {
    return read(json, Notation.JSON_MODEL_NAMES, reader -> reader.document(structure));
  }

  /** The shape as a JSON object in UTF-8. */
  public static byte[] encode(Shape shape) {
    return write(
        generator -> new JsonWriter(generator, Notation.JSON_MODEL_NAMES).structure(shape));
  }

  /** Reads the members of a body, for protocols that carry others elsewhere. */
  static void decodeBody(Structure structure, ShapeBuilder builder, byte[] json) {
    read(
        json,
        Notation.JSON_WIRE_NAMES,
        reader -> {
          reader.members(structure, builder, true);
          return builder;
        });
  }

  /** Reads a document that is one member's value. */
  static @Nullable Object decodeValue(Member member, byte[] json) {
    return ShapeJson.<@Nullable Object>read(
        json, Notation.JSON_WIRE_NAMES, reader -> reader.documentValue(member));
  }

  private static <T extends @Nullable Object> T read(
      byte[] json, Notation notation, Function<JsonReader, T> reading) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      return reading.apply(new JsonReader(parser, notation));
    } catch (StreamConstraintsException e) {
      throw Malformed.because(e.getOriginalMessage());
    } catch (JacksonException e) {
      // AWS answers what is not JSON without a text.
      throw Malformed.because(null);
    }
  }

  static byte[] write(Consumer<JsonGenerator> writing) {
    var bytes = new ByteArrayOutputStream(512);
    try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      writing.accept(generator);
    }
    return bytes.toByteArray();
  }
}
