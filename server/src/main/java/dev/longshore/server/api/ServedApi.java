package dev.longshore.server.api;

import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceModel;
import java.util.function.Predicate;

/**
 * An API that is served on the port.
 *
 * @param built which of the model's operations the endpoint carries out; the others are answered
 *     with an error that names them
 */
public record ServedApi(ServiceModel model, Predicate<OperationModel> built, Endpoint endpoint) {}
