package dev.longshore.wire.conformance;

import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ShapeBuilder;
import dev.longshore.shapes.Structure;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shapes of structures that are known at run time only. */
final class DynamicShapes {
  private DynamicShapes() {}

  /** Builds shapes of a structure, which is told after the structure exists. */
  static final class Builder implements ShapeBuilder {
    private final Prototype prototype;
    private @Nullable Object[] values = new Object[0];

    private Builder(Prototype prototype) {
      this.prototype = prototype;
    }

    @Override
    public ShapeBuilder fresh() {
      return new Builder(prototype);
    }

    @Override
    public ShapeBuilder set(int index, @Nullable Object value) {
      Objects.checkIndex(index, prototype.structure().members().size());
      if (values.length <= index) {
        values = Arrays.copyOf(values, index + 1);
      }
      values[index] = value;
      return this;
    }

    @Override
    public Shape build() {
      var schema = prototype.structure();
      var all = Arrays.copyOf(values, schema.members().size());
      if (schema.error() == null) {
        return new Plain(schema, all);
      }
      String message = null;
      for (var member : schema.members()) {
        if (member.name().equalsIgnoreCase("message")) {
          message = (String) all[member.index()];
        }
      }
      return new Failure(schema, message, all);
    }
  }

  /** The structure that builders build. */
  static final class Prototype {
    private @Nullable Structure structure;

    ShapeBuilder builder() {
      return new Builder(this);
    }

    void is(Structure completed) {
      structure = completed;
    }

    private Structure structure() {
      return Objects.requireNonNull(structure);
    }
  }

  private static final class Plain implements Shape {
    private final Structure schema;
    private final @Nullable Object[] values;

    Plain(Structure schema, @Nullable Object[] values) {
      this.schema = schema;
      this.values = values;
    }

    @Override
    public Structure schema() {
      return schema;
    }

    @Override
    public @Nullable Object member(int index) {
      return values[index];
    }

    @Override
    public String toString() {
      return Structure.describe(this);
    }
  }

  private static final class Failure extends ServiceException {
    private final transient @Nullable Object[] values;

    Failure(Structure schema, @Nullable String message, @Nullable Object[] values) {
      super(schema, message);
      this.values = values;
    }

    @Override
    public @Nullable Object member(int index) {
      return values[index];
    }
  }
}
