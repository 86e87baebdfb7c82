package dev.longshore.server.api;

import dev.longshore.core.operation.Need;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceModel;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An API that is served on the port.
 *
 * @param built which of the model's operations the endpoint carries out; the others are answered
 *     with an error that names them
 * @param question what callers must be allowed to do
 * @param refused says why an operation of that name is not built; null where it just is not yet
 */
public record ServedApi(
    ServiceModel model,
    Predicate<OperationModel> built,
    Endpoint endpoint,
    Question question,
    Function<String, @Nullable String> refused) {
  /** An API whose operations that are not built are just not built yet. */
  public ServedApi(
      ServiceModel model, Predicate<OperationModel> built, Endpoint endpoint, Question question) {
    this(model, built, endpoint, question, name -> null);
  }

  /** An API none of whose actions is on a resource that can be named. */
  public ServedApi(ServiceModel model, Predicate<OperationModel> built, Endpoint endpoint) {
    this(
        model,
        built,
        endpoint,
        (action, input, caller) -> List.of(Need.of(action, Need.EVERYTHING)));
  }

  /** What callers of an operation that is not built are told. */
  String notBuilt(OperationModel operation) {
    String reason = refused.apply(operation.name());
    String name = "Longshore does not support " + operation.name();
    return reason == null ? name + " yet." : name + ": " + reason + '.';
  }
}
