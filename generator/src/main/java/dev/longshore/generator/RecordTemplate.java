package dev.longshore.generator;

import java.util.Map;
import java.util.stream.Collectors;

/** The source of a structure that is no error: a record and its builder. */
final class RecordTemplate {
  private static final String TEMPLATE =
      """
      $origin$
      package $package$;

      import dev.longshore.shapes.Blob;
      import dev.longshore.shapes.Frozen;
      import dev.longshore.shapes.Member;
      import dev.longshore.shapes.Shape;
      import dev.longshore.shapes.ShapeBuilder;
      import dev.longshore.shapes.Structure;
      import java.time.Instant;
      import java.util.List;
      import java.util.Map;
      import org.jspecify.annotations.Nullable;

      /** The structure {@code $shape$} of the API. */
      public record $class$($components$) implements Shape {
        /** The description that codecs and checks walk. */
        public static final Structure SCHEMA =
            $schema$;
      $freeze$
        public static Builder builder() {
          return new Builder();
        }

        /** A builder that holds these values. */
        public Builder toBuilder() {
          var builder = new Builder();
      $copies$    return builder;
        }

        @Override
        public Structure schema() {
          return SCHEMA;
        }

        @Override
        public @Nullable Object member(int index) {
      $memberBody$  }

        @Override
        public String toString() {
          return Structure.describe(this);
        }

        /** Collects the members of a {@link $class$}. */
        public static final class Builder implements ShapeBuilder {
      $fields$
          private Builder() {}
      $setters$
          @Override
          public Builder fresh() {
            return new Builder();
          }

          @Override$unchecked$
          public Builder set(int index, @Nullable Object value) {
      $setBody$    }

          @Override
          public $class$ build() {
            return new $class$($arguments$);
          }
        }
      }
      """;

  private RecordTemplate() {}

  static String source(ApiModel model, String shape) {
    var members = new Members(model, shape);
    var entries = members.entries();
    return Java.fill(
        TEMPLATE,
        Map.ofEntries(
            Map.entry("origin", model.origin()),
            Map.entry("package", model.packageName()),
            Map.entry("shape", shape),
            Map.entry("class", model.className(shape)),
            Map.entry(
                "components",
                entries.stream()
                    .map(e -> "\n    " + e.componentType() + " " + e.accessor())
                    .collect(Collectors.joining(","))),
            Map.entry("schema", members.schema(shape)),
            Map.entry("freeze", members.hasCollections() ? freeze(model, shape, members) : ""),
            Map.entry(
                "copies",
                entries.stream()
                    .map(e -> "    builder.%1$s = this.%1$s;\n".formatted(e.accessor()))
                    .collect(Collectors.joining())),
            Map.entry("memberBody", members.memberBody()),
            Map.entry("fields", members.builderFields()),
            Map.entry("setters", members.setters()),
            Map.entry(
                "unchecked",
                members.hasCollections() ? "\n    @SuppressWarnings(\"unchecked\")" : ""),
            Map.entry("setBody", members.setBody()),
            Map.entry(
                "arguments",
                entries.stream().map(Members.Entry::accessor).collect(Collectors.joining(", ")))));
  }

  private static String freeze(ApiModel model, String shape, Members members) {
    var freeze = new StringBuilder("\n  public ").append(model.className(shape)).append(" {\n");
    for (var e : members.entries()) {
      if (e.type().indexOf('<') > 0) {
        freeze.append("    %s = %s;\n".formatted(e.accessor(), e.frozen(e.accessor())));
      }
    }
    return freeze.append("  }\n").toString();
  }
}
