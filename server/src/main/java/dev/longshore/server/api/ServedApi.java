package dev.longshore.server.api;

import dev.longshore.core.operation.Need;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceModel;
import java.util.List;
import java.util.function.Predicate;

/**
 * An API that is served on the port.
 *
 * @param built which of the model's operations the endpoint carries out; the others are answered
 *     with an error that names them
 * @param question what callers must be allowed to do
 */
public record ServedApi(
    ServiceModel model, Predicate<OperationModel> built, Endpoint endpoint, Question question) {
  /** An API none of whose actions is on a resource that can be named. */
  public ServedApi(ServiceModel model, Predicate<OperationModel> built, Endpoint endpoint) {
    this(
        model,
        built,
        endpoint,
        (action, input, caller) -> List.of(Need.of(action, Need.EVERYTHING)));
  }
}
