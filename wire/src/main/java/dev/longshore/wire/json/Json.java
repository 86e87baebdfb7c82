package dev.longshore.wire.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value. Documents of the engine pass through unchanged: members keep their order and
 * numbers keep the digits they came with, so that unsigned 64-bit counters survive.
 *
 * <p>The accessors are lenient, because engines leave members out or send null as they like: a
 * member that is absent, or of another type, reads as {@link Null#NULL}, zero, "" or empty.
 */
public sealed interface Json {
  /** A JSON object. */
  record Fields(Map<String, Json> members) implements Json {
    public Fields {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** This object with one member put, or replaced in its place. */
    public Fields with(String name, Json value) {
      var copy = new LinkedHashMap<>(members);
      copy.put(name, value);
      return new Fields(copy);
    }
  }

  /** A JSON array. */
  record Items(List<Json> elements) implements Json {
    public Items {
      elements = List.copyOf(elements);
    }
  }

  /** A JSON string. */
  record Text(String value) implements Json {}

  /** A JSON number, as the digits it was written with. */
  record Numeral(String digits) implements Json {}

  /** A JSON boolean. */
  record Flag(boolean value) implements Json {}

  /** The JSON null; also what a missing member reads as. */
  enum Null implements Json {
    NULL
  }

  static Json none() {
    return Null.NULL;
  }

  static Fields fields() {
    return new Fields(Map.of());
  }

  /** An object whose members are all strings, such as a set of labels. */
  static Fields fields(Map<String, String> texts) {
    var members = new LinkedHashMap<String, Json>();
    texts.forEach((name, text) -> members.put(name, of(text)));
    return new Fields(members);
  }

  /** An array of strings. */
  static Items items(Collection<String> texts) {
    return new Items(texts.stream().map(Json::of).toList());
  }

  static Json of(@Nullable String text) {
    return text == null ? none() : new Text(text);
  }

  static Json of(long number) {
    return new Numeral(Long.toString(number));
  }

  /**
   * A fractional number.
   *
   * @throws IllegalArgumentException for values JSON cannot write (infinite, not a number)
   */
  static Json of(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("JSON has no number " + number);
    }
    return new Numeral(Double.toString(number));
  }

  static Json of(boolean flag) {
    return new Flag(flag);
  }

  /**
   * Reads one document.
   *
   * @throws JsonSyntaxException when the text is not exactly one JSON value
   */
  static Json parse(String text) {
    return JsonText.parse(text);
  }

  /** The value under a path of member names. */
  default Json at(String... path) {
    Json here = this;
    for (var name : path) {
      here = here instanceof Fields(var members) ? members.getOrDefault(name, none()) : none();
    }
    return here;
  }

  default boolean isNull() {
    return this instanceof Null;
  }

  /** The string, or "" where this is none. */
  default String text() {
    return this instanceof Text(var value) ? value : "";
  }

  /** The boolean, or false where this is none. */
  default boolean flag() {
    return this instanceof Flag(var value) && value;
  }

  /**
   * The number as a long: fractions are cut, values beyond a long's range are clamped (counters of
   * the kernel may exceed it), and anything else than a number is 0.
   */
  default long number() {
    if (!(this instanceof Numeral(var digits))) {
      return 0;
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException notPlain) {
      return (long) Double.parseDouble(digits);
    }
  }

  /** The number as a double, or 0 where this is none. */
  default double fraction() {
    return this instanceof Numeral(var digits) ? Double.parseDouble(digits) : 0;
  }

  /** The array's elements, or none where this is no array. */
  default List<Json> elements() {
    return List.of();
  }

  /** The object's members in their order, or none where this is no object. */
  default Map<String, Json> members() {
    return Map.of();
  }

  /** The strings of an array. */
  default List<String> texts() {
    return elements().stream().map(Json::text).toList();
  }

  /** The members of an object whose values are strings. */
  default Map<String, String> textMembers() {
    var texts = new LinkedHashMap<String, String>();
    members().forEach((name, value) -> texts.put(name, value.text()));
    return Collections.unmodifiableMap(texts);
  }

  /**
   * This object with another laid on top, by the rules Go's decoder has when it decodes into a
   * value that is already filled: objects merge member by member, everything else is replaced, and
   * the spelling of a name does not depend on its case. So {@code dockerConfig} strings of a task
   * payload act here as they act in Amazon's agent.
   */
  default Json mergedWith(Json onTop) {
    if (!(this instanceof Fields(var below)) || !(onTop instanceof Fields(var above))) {
      return onTop;
    }
    var merged = new LinkedHashMap<>(below);
    above.forEach((name, value) -> {
      var known = knownSpelling(below, name);
      var old = merged.get(known);
      merged.put(known, old == null ? value : old.mergedWith(value));
    });
    return new Fields(merged);
  }

  private static String knownSpelling(Map<String, Json> members, String name) {
    if (members.containsKey(name)) {
      return name;
    }
    for (var known : members.keySet()) {
      if (known.equalsIgnoreCase(name)) {
        return known;
      }
    }
    return name;
  }

  /** This value as compact JSON text. */
  default String write() {
    return JsonText.write(this);
  }

  /** Builds an array of what a collection's elements become. */
  static <T> Items items(Collection<T> values, java.util.function.Function<T, Json> each) {
    var elements = new ArrayList<Json>(values.size());
    values.forEach(value -> elements.add(each.apply(value)));
    return new Items(elements);
  }
}
