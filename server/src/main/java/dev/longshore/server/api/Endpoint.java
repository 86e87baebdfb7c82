package dev.longshore.server.api;

import dev.longshore.core.operation.Caller;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.Shape;
import java.util.concurrent.CompletionStage;

/** Carries out the operations of one API. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Called on an event loop, so it must not block. Errors of the caller come as {@link
   * dev.longshore.shapes.ServiceException}, thrown or as the stage's failure; any other failure is
   * answered as a fault of the server and logged.
   *
   * @param input of the operation's input structure, its constraints checked
   * @return a shape of the operation's output structure
   */
  CompletionStage<? extends Shape> call(OperationModel operation, Shape input, Caller caller);
}
