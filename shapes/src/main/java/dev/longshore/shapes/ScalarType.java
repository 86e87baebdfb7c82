package dev.longshore.shapes;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A string, number, boolean, timestamp, blob or document. */
public final class ScalarType implements Type {
  private final String name;
  private final Kind kind;
  private final Bounds bounds;
  private final @Nullable String pattern;
  private final String joinedValues;
  private final @Nullable TimestampFormat timestampFormat;
  private final boolean sensitive;
  private @Nullable List<String> values;
  private volatile @Nullable Pattern compiled;

  private ScalarType(
      String name,
      Kind kind,
      Bounds bounds,
      @Nullable String pattern,
      String joinedValues,
      @Nullable TimestampFormat timestampFormat,
      boolean sensitive) {
    this.name = name;
    this.kind = kind;
    this.bounds = bounds;
    this.pattern = pattern;
    this.joinedValues = joinedValues;
    this.timestampFormat = timestampFormat;
    this.sensitive = sensitive;
  }

  public static ScalarType of(String name, Kind kind) {
    return new ScalarType(name, kind, Bounds.NONE, null, "", null, false);
  }

  public ScalarType within(Bounds newBounds) {
    return new ScalarType(name, kind, newBounds, pattern, joinedValues, timestampFormat, sensitive);
  }

  public ScalarType matching(String newPattern) {
    return new ScalarType(name, kind, bounds, newPattern, joinedValues, timestampFormat, sensitive);
  }

  /**
   * An enum of these values, separated by line feeds: one constant costs less at start-up than a
   * list, and most enums are never asked for their values.
   */
  public ScalarType oneOf(String newValues) {
    return new ScalarType(name, kind, bounds, pattern, newValues, timestampFormat, sensitive);
  }

  public ScalarType formatted(TimestampFormat format) {
    return new ScalarType(name, kind, bounds, pattern, joinedValues, format, sensitive);
  }

  public ScalarType secret() {
    return new ScalarType(name, kind, bounds, pattern, joinedValues, timestampFormat, true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public Bounds bounds() {
    return bounds;
  }

  @Override
  public boolean sensitive() {
    return sensitive;
  }

  /** The regular expression that the value must match, as the model writes it. */
  public @Nullable String pattern() {
    return pattern;
  }

  /** The compiled regular expression, kept after its first use; null when there is none. */
  public @Nullable Pattern compiledPattern() {
    var found = compiled;
    if (found == null && pattern != null) {
      found = Pattern.compile(pattern);
      compiled = found;
    }
    return found;
  }

  public @Nullable TimestampFormat timestampFormat() {
    return timestampFormat;
  }

  public boolean isEnum() {
    return !joinedValues.isEmpty();
  }

  /** The known values of an enum in the model's order, empty for other types. */
  public List<String> values() {
    var known = values;
    if (known == null) {
      known = isEnum() ? List.of(joinedValues.split("\n", -1)) : List.of();
      // Two threads may both split; the lists are equal and safe to publish by a race.
      values = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return name;
  }
}
