package dev.longshore.server.engine;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Writes a record as an object of its components, without those that are null. */
final class RecordCodec implements RowCodec {
  private final Class<?> type;
  private final String[] names;
  private final MethodHandle[] accessors;
  private final MethodHandle constructor;
  private final RecordComponent[] components;
  private final Map<String, Integer> places = new HashMap<>();

  /** Found on first use, because a record may hold itself. */
  private volatile RowCodec @Nullable [] codecs;

  RecordCodec(Class<?> type) {
    this.type = type;
    components = type.getRecordComponents();
    names = new String[components.length];
    accessors = new MethodHandle[components.length];
    Class<?>[] types = new Class<?>[components.length];
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try {
      for (int at = 0; at < components.length; at++) {
        names[at] = components[at].getName();
        types[at] = components[at].getType();
        places.put(names[at], at);
        accessors[at] =
            lookup
                .unreflect(components[at].getAccessor())
                .asType(MethodType.methodType(Object.class, Object.class));
      }
      constructor =
          lookup
              .findConstructor(type, MethodType.methodType(void.class, types))
              .asSpreader(Object[].class, components.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (IllegalAccessException | NoSuchMethodException e) {
      throw new IllegalArgumentException("Rows must be public records: " + type, e);
    }
  }

  private RowCodec[] codecs() {
    RowCodec[] found = codecs;
    if (found == null) {
      found = new RowCodec[components.length];
      for (int at = 0; at < found.length; at++) {
        found[at] = RowCodec.of(components[at].getGenericType());
      }
      codecs = found;
    }
    return found;
  }

  @Override
  public void write(JsonGenerator out, Object value) {
    RowCodec[] each = codecs();
    out.writeStartObject();
    for (int at = 0; at < names.length; at++) {
      Object component = component(value, at);
      if (component != null) {
        out.writeName(names[at]);
        each[at].write(out, component);
      }
    }
    out.writeEndObject();
  }

  private @Nullable Object component(Object value, int at) {
    try {
      return (@Nullable Object) accessors[at].invokeExact(value);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("An accessor of " + type + " failed.", e);
    }
  }

  @Override
  public Object read(JsonParser in) {
    RowCodec[] each = codecs();
    @Nullable Object[] values = new @Nullable Object[names.length];
    for (int at = 0; at < values.length; at++) {
      values[at] = each[at].absent();
    }
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      JsonToken token = in.nextToken();
      Integer at = places.get(name);
      if (at == null) {
        in.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        values[at] = each[at].read(in);
      }
    }
    try {
      return requireNonNull((Object) constructor.invokeExact(values));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("The constructor of " + type + " failed.", e);
    }
  }
}
