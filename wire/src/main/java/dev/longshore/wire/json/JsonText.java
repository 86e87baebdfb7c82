package dev.longshore.wire.json;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** JSON text to and from {@link Json} values. */
public final class JsonText {
  /** The source must stay open to the caller: a stream of documents is closed by its owner. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();

  private JsonText() {}

  public static Json parse(String text) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return whole(parser);
    } catch (JacksonException e) {
      throw new JsonSyntaxException(e.getOriginalMessage(), e);
    }
  }

  public static Json parse(byte[] utf8) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
      return whole(parser);
    } catch (JacksonException e) {
      throw new JsonSyntaxException(e.getOriginalMessage(), e);
    }
  }

  /** A sequence of documents that is already there. */
  public static List<Json> parseAll(byte[] utf8) {
    var all = new ArrayList<Json>();
    try {
      var documents = new Sequence(new ByteArrayInputStream(utf8));
      for (var one = documents.next(); one.isPresent(); one = documents.next()) {
        all.add(one.get());
      }
    } catch (JacksonException e) {
      throw new JsonSyntaxException(e.getOriginalMessage(), e);
    }
    return all;
  }

  private static Json whole(JsonParser parser) {
    var first = parser.nextToken();
    if (first == null) {
      throw new JsonSyntaxException("unexpected end of JSON input", new IllegalStateException());
    }
    var value = read(parser, first);
    if (parser.nextToken() != null) {
      throw new JsonSyntaxException(
          "invalid character after top-level value", new IllegalStateException());
    }
    return value;
  }

  /** A sequence of documents, one after the other, as the engine's streaming calls send them. */
  public static final class Sequence {
    private final InputStream source;
    private @Nullable JsonParser parser;

    public Sequence(InputStream source) {
      this.source = source;
    }

    /** The next document, or empty at the end; failures of the source come as they are. */
    public Optional<Json> next() {
      if (parser == null) {
        // Not made earlier: making it reads, and so waits for the first document.
        parser = FACTORY.createParser(ObjectReadContext.empty(), source);
      }
      var first = parser.nextToken();
      return first == null ? Optional.empty() : Optional.of(read(parser, first));
    }
  }

  private static Json read(JsonParser parser, @Nullable JsonToken token) {
    return switch (token) {
      case START_OBJECT -> readFields(parser);
      case START_ARRAY -> readItems(parser);
      case VALUE_STRING -> new Json.Text(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(parser.getString());
      case VALUE_TRUE -> new Json.Flag(true);
      case VALUE_FALSE -> new Json.Flag(false);
      case VALUE_NULL -> Json.none();
      case null, default -> throw new IllegalStateException("no JSON value starts with " + token);
    };
  }

  private static Json readFields(JsonParser parser) {
    var members = new LinkedHashMap<String, Json>();
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      members.put(name, read(parser, parser.nextToken()));
    }
    return new Json.Fields(members);
  }

  private static Json readItems(JsonParser parser) {
    var elements = new ArrayList<Json>();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      elements.add(read(parser, token));
    }
    return new Json.Items(elements);
  }

  public static String write(Json value) {
    var text = new StringWriter();
    try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(generator, value);
    }
    return text.toString();
  }

  public static byte[] bytes(Json value) {
    var bytes = new ByteArrayOutputStream();
    try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(generator, value);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator generator, Json value) {
    switch (value) {
      case Json.Fields(var members) -> {
        generator.writeStartObject();
        members.forEach((name, member) -> {
          generator.writeName(name);
          write(generator, member);
        });
        generator.writeEndObject();
      }
      case Json.Items(var elements) -> {
        generator.writeStartArray();
        elements.forEach(element -> write(generator, element));
        generator.writeEndArray();
      }
      case Json.Text(var text) -> generator.writeString(text);
      case Json.Numeral(var digits) -> generator.writeNumber(digits);
      case Json.Flag(var flag) -> generator.writeBoolean(flag);
      case Json.Null none -> generator.writeNull();
    }
  }
}
