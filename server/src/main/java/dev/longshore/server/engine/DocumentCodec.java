package dev.longshore.server.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Writes free JSON, which some shapes carry for others and nobody here reads: texts, numbers,
 * truths, lists and maps of such, and nulls among them.
 */
final class DocumentCodec implements RowCodec {
  static final DocumentCodec INSTANCE = new DocumentCodec();

  private DocumentCodec() {}

  @Override
  public void write(JsonGenerator out, Object value) {
    any(out, value);
  }

  private static void any(JsonGenerator out, @Nullable Object value) {
    switch (value) {
      case null -> out.writeNull();
      case String text -> out.writeString(text);
      case Boolean truth -> out.writeBoolean(truth);
      case BigInteger number -> out.writeNumber(number);
      case BigDecimal number -> out.writeNumber(number);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Float number -> out.writeNumber(number);
      case Double number -> out.writeNumber(number);
      case List<?> list -> {
        out.writeStartArray();
        list.forEach(element -> any(out, element));
        out.writeEndArray();
      }
      case Map<?, ?> map -> {
        out.writeStartObject();
        map.forEach((name, element) -> {
          out.writeName(String.valueOf(name));
          any(out, element);
        });
        out.writeEndObject();
      }
      default -> throw new IllegalArgumentException("A document holds a " + value.getClass());
    }
  }

  @Override
  public @Nullable Object read(JsonParser in) {
    return switch (in.currentToken()) {
      case VALUE_STRING -> in.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getNumberValue();
      case START_ARRAY -> list(in);
      case START_OBJECT -> map(in);
      case null, default -> null;
    };
  }

  private List<@Nullable Object> list(JsonParser in) {
    List<@Nullable Object> list = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      list.add(read(in));
    }
    return Collections.unmodifiableList(list);
  }

  private Map<String, @Nullable Object> map(JsonParser in) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      in.nextToken();
      map.put(name, read(in));
    }
    return Collections.unmodifiableMap(map);
  }
}
