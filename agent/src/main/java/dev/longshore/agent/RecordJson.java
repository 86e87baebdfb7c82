package dev.longshore.agent;

import dev.longshore.wire.json.Json;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON and back, by their components' names: the rows of the task engine are kept so.
 * Components may be records, enums, texts, numbers, booleans, instants, and lists and text-keyed
 * maps of such. An absent component reads as null, zero or empty, so rows may grow components.
 */
final class RecordJson {
  private RecordJson() {}

  static Json write(@Nullable Object value) {
    return switch (value) {
      case null -> Json.none();
      case String text -> Json.of(text);
      case Boolean truth -> Json.of(truth.booleanValue());
      case Integer number -> Json.of(number.longValue());
      case Long number -> Json.of(number.longValue());
      case Double number -> Json.of(number.doubleValue());
      case Enum<?> constant -> Json.of(constant.name());
      case Instant time -> Json.of(time.toString());
      case Duration time -> Json.of(time.toString());
      case List<?> list -> Json.items(list, RecordJson::write);
      case Map<?, ?> map -> {
        Map<String, Json> members = new LinkedHashMap<>();
        map.forEach((key, item) -> members.put(String.valueOf(key), write(item)));
        yield new Json.Fields(members);
      }
      case Record row -> record(row);
      default -> throw new IllegalArgumentException("cannot be kept: " + value.getClass());
    };
  }

  private static Json record(Record row) {
    Map<String, Json> members = new LinkedHashMap<>();
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      Json value = write(get(row, component));
      if (!value.isNull()) {
        members.put(component.getName(), value);
      }
    }
    return new Json.Fields(members);
  }

  private static @Nullable Object get(Record row, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(row);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("record cannot be read: " + row.getClass(), e);
    }
  }

  /**
   * @throws IllegalArgumentException if the JSON does not describe such a record
   */
  static <T extends Record> T read(Json json, Class<T> type) {
    return type.cast(record(json, type));
  }

  private static Object record(Json json, Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = value(json.at(components[i].getName()), components[i].getGenericType());
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("not a " + type.getSimpleName() + ": " + json, e);
    }
  }

  private static @Nullable Object value(Json json, Type type) {
    if (type instanceof ParameterizedType generic) {
      return collection(json, generic);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isPrimitive()) {
      return primitive(json, plain);
    }
    if (json.isNull()) {
      return null;
    }
    if (plain.isRecord()) {
      return record(json, plain);
    }
    if (plain.isEnum()) {
      return constant(json.text(), plain);
    }
    return switch (plain.getSimpleName()) {
      case "String" -> json.text();
      case "Integer" -> Math.toIntExact(json.number());
      case "Long" -> json.number();
      case "Instant" -> Instant.parse(json.text());
      case "Duration" -> Duration.parse(json.text());
      default -> throw new IllegalArgumentException("cannot be kept: " + plain);
    };
  }

  private static Object primitive(Json json, Class<?> type) {
    return switch (type.getName()) {
      case "boolean" -> json.flag();
      case "int" -> Math.toIntExact(json.number());
      case "long" -> json.number();
      case "double" -> json.fraction();
      default -> throw new IllegalArgumentException("cannot be kept: " + type);
    };
  }

  private static Object constant(String name, Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      if (constant instanceof Enum<?> candidate && candidate.name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("no " + type.getSimpleName() + " " + name);
  }

  private static Object collection(Json json, ParameterizedType type) {
    Type item = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
    if (type.getRawType().equals(List.class)) {
      List<@Nullable Object> list = new ArrayList<>();
      json.elements().forEach(element -> list.add(value(element, item)));
      return Collections.unmodifiableList(list);
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    json.members().forEach((name, member) -> map.put(name, value(member, item)));
    return Collections.unmodifiableMap(map);
  }
}
