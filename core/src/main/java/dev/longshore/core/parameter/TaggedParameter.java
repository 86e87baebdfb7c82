package dev.longshore.core.parameter;

import dev.longshore.core.model.StoredParameter;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ssm.InvalidResourceId;
import dev.longshore.shapes.ssm.InvalidResourceType;

/** Finds the parameter that a request about tags means. */
final class TaggedParameter {
  private TaggedParameter() {}

  static StoredParameter of(View view, String type, String id) {
    if (!type.equals("Parameter")) {
      throw new InvalidResourceType("Longshore keeps no resources of the type " + type + '.');
    }
    StoredParameter parameter = view.find(StoredParameter.KIND, id);
    if (parameter == null) {
      throw InvalidResourceId.builder().build();
    }
    return parameter;
  }
}
