package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import java.util.Map;

/**
 * A parameter of the Parameter Store; its values stand in its versions.
 *
 * @param name with its path, if it has one
 * @param latest the number of the newest version; the first is 1
 * @param advanced whether it counts as an advanced parameter
 * @param tags by key
 */
public record StoredParameter(
    String name, long latest, boolean advanced, Map<String, String> tags) {
  /** Keyed by name, so that a path's parameters stand together. */
  public static final Kind<StoredParameter> KIND =
      Kind.of("parameter", StoredParameter.class, StoredParameter::name);

  public StoredParameter withTags(Map<String, String> all) {
    return new StoredParameter(name, latest, advanced, all);
  }
}
