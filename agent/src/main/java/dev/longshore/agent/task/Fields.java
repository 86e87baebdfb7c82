package dev.longshore.agent.task;

import dev.longshore.wire.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of a message, read by member name. Names match without regard to case and unknown
 * members are ignored, as Amazon's agent reads them; a member of the wrong type spoils the message.
 */
public final class Fields {
  private final Json.Fields json;

  public Fields(Json.Fields json) {
    this.json = json;
  }

  /** A member had another JSON type than the protocol gives it: the message is to be dropped. */
  public static final class WrongTypeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongTypeException(String member, String expected) {
      super("member " + member + " is not " + expected);
    }
  }

  private Json member(String name) {
    Json value = json.members().get(name);
    if (value != null) {
      return value;
    }
    for (Map.Entry<String, Json> entry : json.members().entrySet()) {
      if (entry.getKey().equalsIgnoreCase(name)) {
        return entry.getValue();
      }
    }
    return Json.none();
  }

  public boolean has(String name) {
    return !member(name).isNull();
  }

  /** The object itself. */
  public Json.Fields json() {
    return json;
  }

  public @Nullable String text(String name) {
    return switch (member(name)) {
      case Json.Null none -> null;
      case Json.Text(String text) -> text;
      default -> throw new WrongTypeException(name, "a string");
    };
  }

  public String text(String name, String absent) {
    String text = text(name);
    return text == null ? absent : text;
  }

  public @Nullable Long whole(String name) {
    return switch (member(name)) {
      case Json.Null none -> null;
      case Json.Numeral number -> whole(name, number);
      default -> throw new WrongTypeException(name, "a whole number");
    };
  }

  private static long whole(String name, Json.Numeral number) {
    try {
      return Long.parseLong(number.digits());
    } catch (NumberFormatException e) {
      throw new WrongTypeException(name, "a whole number");
    }
  }

  public int whole(String name, int absent) {
    Long number = whole(name);
    if (number == null) {
      return absent;
    }
    if (number.intValue() != number) {
      throw new WrongTypeException(name, "a 32-bit number");
    }
    return number.intValue();
  }

  public double number(String name) {
    return switch (member(name)) {
      case Json.Null none -> 0;
      case Json.Numeral number -> number.fraction();
      default -> throw new WrongTypeException(name, "a number");
    };
  }

  public boolean truth(String name) {
    return switch (member(name)) {
      case Json.Null none -> false;
      case Json.Flag(boolean truth) -> truth;
      default -> throw new WrongTypeException(name, "true or false");
    };
  }

  public @Nullable Fields object(String name) {
    return switch (member(name)) {
      case Json.Null none -> null;
      case Json.Fields fields -> new Fields(fields);
      default -> throw new WrongTypeException(name, "an object");
    };
  }

  public List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    for (Json item : list(name)) {
      if (!(item instanceof Json.Fields fields)) {
        throw new WrongTypeException(name, "a list of objects");
      }
      objects.add(new Fields(fields));
    }
    return objects;
  }

  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Json item : list(name)) {
      if (!(item instanceof Json.Text(String text))) {
        throw new WrongTypeException(name, "a list of strings");
      }
      texts.add(text);
    }
    return texts;
  }

  public List<Integer> wholes(String name) {
    List<Integer> numbers = new ArrayList<>();
    for (Json item : list(name)) {
      if (!(item instanceof Json.Numeral number)) {
        throw new WrongTypeException(name, "a list of whole numbers");
      }
      numbers.add((int) whole(name, number));
    }
    return numbers;
  }

  public Map<String, String> textMap(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    switch (member(name)) {
      case Json.Null none -> {}
      case Json.Fields fields ->
          fields
              .members()
              .forEach((key, value) -> {
                if (!(value instanceof Json.Text(String text))) {
                  throw new WrongTypeException(name, "an object of strings");
                }
                texts.put(key, text);
              });
      default -> throw new WrongTypeException(name, "an object");
    }
    return texts;
  }

  private List<Json> list(String name) {
    return switch (member(name)) {
      case Json.Null none -> List.of();
      case Json.Items items -> items.elements();
      default -> throw new WrongTypeException(name, "a list");
    };
  }
}
