package dev.longshore.generator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A JSON object of a model, with its members in the file's order. */
final class Json {
  private final Map<String, Object> members;

  private Json(Map<String, Object> members) {
    this.members = members;
  }

  static Json parse(String text) {
    try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("an API model must be a JSON object");
      }
      return object(parser);
    }
  }

  private static Json object(JsonParser parser) {
    var members = new LinkedHashMap<String, Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return new Json(members);
  }

  private static Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        var elements = new ArrayList<Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(parser));
        }
        yield elements;
      }
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_STRING -> parser.getString();
      default ->
          throw new IllegalArgumentException(
              "unexpected " + parser.currentToken() + " at " + parser.currentLocation());
    };
  }

  /** The names of the members, in the file's order. */
  Iterable<String> names() {
    return members.keySet();
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  /** The text of a member, null when it is absent. */
  @Nullable String text(String name) {
    return (String) members.get(name);
  }

  String text(String name, String fallback) {
    var text = text(name);
    return text == null ? fallback : text;
  }

  /** A member that the model must have. */
  String requiredText(String name) {
    var text = text(name);
    if (text == null) {
      throw new IllegalArgumentException("'" + name + "' is missing in " + members);
    }
    return text;
  }

  /** A whole number, null when it is absent; bounds of doubles such as 100.0 are whole too. */
  @Nullable Long number(String name) {
    return members.get(name) instanceof java.math.BigDecimal number
        ? (Long) number.longValueExact()
        : null;
  }

  /** An object, empty when it is absent. */
  Json object(String name) {
    return members.get(name) instanceof Json json ? json : new Json(Map.of());
  }

  List<String> texts(String name) {
    return list(name).stream().map(String.class::cast).toList();
  }

  List<Json> objects(String name) {
    return list(name).stream().map(Json.class::cast).toList();
  }

  private List<?> list(String name) {
    return members.get(name) instanceof List<?> list ? list : List.of();
  }

  @Override
  public String toString() {
    return members.toString();
  }
}
