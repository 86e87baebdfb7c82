package dev.longshore.generator;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The source of an error: an exception and its builder. */
final class ErrorTemplate {
  private static final String TEMPLATE =
      """
      $origin$
      package $package$;

      import dev.longshore.shapes.Blob;
      import dev.longshore.shapes.Frozen;
      import dev.longshore.shapes.Member;
      import dev.longshore.shapes.ServiceException;
      import dev.longshore.shapes.ShapeBuilder;
      import dev.longshore.shapes.Structure;
      import java.time.Instant;
      import java.util.List;
      import java.util.Map;
      import org.jspecify.annotations.Nullable;

      /** The error {@code $shape$} of the API. */
      public final class $class$ extends ServiceException {
        /** The description that codecs walk. */
        public static final Structure SCHEMA =
            $schema$;

      $members$
        public $class$(String message) {
          this(builder().message(message));
        }

        private $class$(Builder builder) {
          super(SCHEMA, builder.message);
      $assignments$  }

        public static Builder builder() {
          return new Builder();
        }
      $accessors$
        @Override
        public @Nullable Object member(int index) {
      $memberBody$  }

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
            return new $class$(this);
          }
        }
      }
      """;

  /** Errors can have a message even when their structure has no member for it. */
  private static final String MESSAGE_FIELD = "    private @Nullable String message;\n";

  private static final String MESSAGE_SETTER =
      """

          public Builder message(@Nullable String message) {
            this.message = message;
            return this;
          }
      """;

  private ErrorTemplate() {}

  static String source(ApiModel model, String shape) {
    var members = new Members(model, shape);
    if (members.entries().stream().anyMatch(e -> e.accessor().equals("message") && !isMessage(e))) {
      throw new IllegalArgumentException("the message of " + shape + " is no string");
    }
    var others = members.entries().stream().filter(e -> !isMessage(e)).toList();
    boolean messageless = others.size() == members.entries().size();
    return Java.fill(
        TEMPLATE,
        Map.ofEntries(
            Map.entry("origin", model.origin()),
            Map.entry("package", model.packageName()),
            Map.entry("shape", shape),
            Map.entry("class", model.className(shape)),
            Map.entry("schema", members.schema(shape)),
            Map.entry("members", fields(others)),
            Map.entry(
                "assignments",
                others.stream()
                    .map(e ->
                        "    this.%s = %s;\n"
                            .formatted(e.accessor(), e.frozen("builder." + e.accessor())))
                    .collect(Collectors.joining())),
            Map.entry("accessors", accessors(others)),
            Map.entry(
                "memberBody", members.memberBody().replace("-> this.message;", "-> getMessage();")),
            Map.entry("fields", (messageless ? MESSAGE_FIELD : "") + members.builderFields()),
            Map.entry("setters", (messageless ? MESSAGE_SETTER : "") + members.setters()),
            Map.entry(
                "unchecked",
                members.hasCollections() ? "\n    @SuppressWarnings(\"unchecked\")" : ""),
            Map.entry("setBody", members.setBody())));
  }

  private static boolean isMessage(Members.Entry entry) {
    return entry.accessor().equals("message") && entry.type().equals("String");
  }

  private static String fields(List<Members.Entry> entries) {
    return entries.stream()
        .map(e -> "  private final transient %s %s;\n".formatted(e.nullableType(), e.accessor()))
        .collect(Collectors.joining());
  }

  private static String accessors(List<Members.Entry> entries) {
    return entries.stream()
        .map(e ->
            """

              public %1$s %2$s() {
                return %2$s;
              }
            """
                .formatted(e.nullableType(), e.accessor()))
        .collect(Collectors.joining());
  }
}
