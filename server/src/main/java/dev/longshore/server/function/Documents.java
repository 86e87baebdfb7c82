package dev.longshore.server.function;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns free JSON as shapes and rows carry it into text's, and back. */
final class Documents {
  private Documents() {}

  static Json json(@Nullable Object value) {
    return switch (value) {
      case null -> Json.none();
      case String text -> Json.of(text);
      case Boolean truth -> Json.of(truth.booleanValue());
      case Number number -> new Json.Numeral(number.toString());
      case List<?> list -> {
        List<Json> elements = new ArrayList<>();
        list.forEach(element -> elements.add(json(element)));
        yield new Json.Items(elements);
      }
      case Map<?, ?> map -> {
        Map<String, Json> members = new LinkedHashMap<>();
        map.forEach((name, member) -> members.put(String.valueOf(name), json(member)));
        yield new Json.Fields(members);
      }
      default -> throw new IllegalArgumentException("A document holds a " + value.getClass());
    };
  }

  /**
   * The members of what a function returned.
   *
   * @throws FunctionFailedException it is no object
   */
  static Map<String, @Nullable Object> object(String text) throws FunctionFailedException {
    try {
      if (Json.parse(text) instanceof Json.Fields object) {
        return members(object);
      }
    } catch (JsonSyntaxException | NumberFormatException e) {
      throw new FunctionFailedException("The function did not return JSON.", e);
    }
    throw new FunctionFailedException("The function did not return a JSON object.");
  }

  /** The members of an object. */
  private static Map<String, @Nullable Object> members(Json.Fields object) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    object.members().forEach((name, value) -> members.put(name, value(value)));
    return Collections.unmodifiableMap(members);
  }

  private static @Nullable Object value(Json json) {
    return switch (json) {
      case Json.Fields object -> members(object);
      case Json.Items(List<Json> elements) -> {
        List<@Nullable Object> list = new ArrayList<>();
        elements.forEach(element -> list.add(value(element)));
        yield Collections.unmodifiableList(list);
      }
      case Json.Text(String text) -> text;
      case Json.Flag(boolean truth) -> truth;
      case Json.Numeral(String digits) -> number(new BigDecimal(digits));
      case Json.Null _ -> null;
    };
  }

  /**
   * Whole numbers as such where they have room, so that they go out as they came in.
   *
   * @throws NumberFormatException it is too large for anybody
   */
  private static Number number(BigDecimal number) {
    if (number.scale() == 0 && number.precision() <= 18) {
      return number.longValueExact();
    }
    double fraction = number.doubleValue();
    if (Double.isInfinite(fraction)) {
      throw new NumberFormatException("too large: " + number);
    }
    return fraction;
  }
}
