package dev.longshore.server.engine;

import dev.longshore.shapes.Blob;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Writes values of one type and reads them back.
 *
 * <p>Rows are records of strings, numbers, times, enums, lists, maps, free JSON and further
 * records, the API's shapes among them, so one codec derived from a record's components serves
 * every table. Records are written by component name: a row of an older program reads back with
 * what it has, absent components are null (or zero), unknown ones are skipped.
 */
interface RowCodec {
  void write(JsonGenerator out, Object value);

  /** Reads the value that begins at the parser's current token. */
  @Nullable Object read(JsonParser in);

  /** What stands for a component that was not written. */
  default @Nullable Object absent() {
    return null;
  }

  /** The codec of a type; codecs of records are made once. */
  static RowCodec of(Type type) {
    if (type == Object.class) {
      return DocumentCodec.INSTANCE;
    }
    if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      if (last == Object.class) {
        return DocumentCodec.INSTANCE;
      }
      return generic.getRawType() == Map.class ? new OfMap(of(last)) : new OfList(of(last));
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return Records.of(plain);
    }
    if (plain.isEnum()) {
      return new OfEnum(plain);
    }
    RowCodec scalar = Scalars.of(plain);
    if (scalar == null) {
      throw new IllegalArgumentException("Rows cannot hold a " + plain.getName() + ".");
    }
    return scalar;
  }

  /** Record codecs, made on first use; a record may hold its own type. */
  final class Records {
    private static final Map<Class<?>, RecordCodec> MADE = new ConcurrentHashMap<>();

    private Records() {}

    static RowCodec of(Class<?> type) {
      RecordCodec made = MADE.get(type);
      if (made == null) {
        made = new RecordCodec(type);
        RecordCodec earlier = MADE.putIfAbsent(type, made);
        made = earlier == null ? made : earlier;
      }
      return made;
    }
  }

  /** Values that are one token. */
  record Scalar(Writing writing, Reading reading, @Nullable Object absentValue)
      implements RowCodec {
    /** Writes a value that is not null. */
    interface Writing {
      void write(JsonGenerator out, Object value);
    }

    /** Reads the current token. */
    interface Reading {
      Object read(JsonParser in);
    }

    @Override
    public void write(JsonGenerator out, Object value) {
      writing.write(out, value);
    }

    @Override
    public Object read(JsonParser in) {
      return reading.read(in);
    }

    @Override
    public @Nullable Object absent() {
      return absentValue;
    }
  }

  /** The scalar types that rows hold. */
  final class Scalars {
    private static final Map<Class<?>, Scalar> ALL =
        Map.ofEntries(
            Map.entry(
                String.class,
                scalar((out, value) -> out.writeString((String) value), JsonParser::getString)),
            Map.entry(
                Instant.class,
                scalar(
                    (out, value) -> out.writeNumber(((Instant) value).toEpochMilli()),
                    in -> Instant.ofEpochMilli(in.getLongValue()))),
            Map.entry(
                Duration.class,
                scalar(
                    (out, value) -> out.writeNumber(((Duration) value).toMillis()),
                    in -> Duration.ofMillis(in.getLongValue()))),
            Map.entry(
                Blob.class,
                scalar(
                    (out, value) -> out.writeBinary(((Blob) value).toBytes()),
                    in -> Blob.of(in.getBinaryValue()))),
            Map.entry(Integer.class, integer(null)),
            Map.entry(int.class, integer(0)),
            Map.entry(Long.class, longInteger(null)),
            Map.entry(long.class, longInteger(0L)),
            Map.entry(Boolean.class, bool(null)),
            Map.entry(boolean.class, bool(false)),
            Map.entry(Double.class, number(null)),
            Map.entry(double.class, number(0.0)),
            Map.entry(
                Float.class,
                scalar((out, value) -> out.writeNumber((Float) value), JsonParser::getFloatValue)));

    private Scalars() {}

    static @Nullable RowCodec of(Class<?> type) {
      return ALL.get(type);
    }

    private static Scalar scalar(Scalar.Writing writing, Scalar.Reading reading) {
      return new Scalar(writing, reading, null);
    }

    private static Scalar integer(@Nullable Integer absent) {
      return new Scalar(
          (out, value) -> out.writeNumber((Integer) value), JsonParser::getIntValue, absent);
    }

    private static Scalar number(@Nullable Double absent) {
      return new Scalar(
          (out, value) -> out.writeNumber((Double) value), JsonParser::getDoubleValue, absent);
    }

    private static Scalar longInteger(@Nullable Long absent) {
      return new Scalar(
          (out, value) -> out.writeNumber((Long) value), JsonParser::getLongValue, absent);
    }

    private static Scalar bool(@Nullable Boolean absent) {
      return new Scalar(
          (out, value) -> out.writeBoolean((Boolean) value), JsonParser::getBooleanValue, absent);
    }
  }

  /** Enums by name: their order may change, their names may not. */
  record OfEnum(Class<?> type) implements RowCodec {
    @Override
    public void write(JsonGenerator out, Object value) {
      out.writeString(((Enum<?>) value).name());
    }

    @Override
    public Object read(JsonParser in) {
      String name = in.getString();
      for (Object constant : type.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(name)) {
          return constant;
        }
      }
      throw new IllegalStateException("The log names an unknown " + type + ": " + name);
    }
  }

  /** Lists; their elements are never null. */
  record OfList(RowCodec element) implements RowCodec {
    @Override
    public void write(JsonGenerator out, Object value) {
      List<?> list = (List<?>) value;
      out.writeStartArray(value, list.size());
      for (Object each : list) {
        element.write(out, each);
      }
      out.writeEndArray();
    }

    @Override
    public Object read(JsonParser in) {
      List<@Nullable Object> list = new ArrayList<>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        list.add(element.read(in));
      }
      return list.isEmpty() ? List.of() : Collections.unmodifiableList(list);
    }
  }

  /** Maps from strings, in their own order. */
  record OfMap(RowCodec value) implements RowCodec {
    @Override
    public void write(JsonGenerator out, Object map) {
      out.writeStartObject(map);
      ((Map<?, ?>) map)
          .forEach((key, each) -> {
            out.writeName((String) key);
            value.write(out, each);
          });
      out.writeEndObject();
    }

    @Override
    public Object read(JsonParser in) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      for (String key = in.nextName(); key != null; key = in.nextName()) {
        in.nextToken();
        map.put(key, value.read(in));
      }
      return Collections.unmodifiableMap(map);
    }
  }
}
