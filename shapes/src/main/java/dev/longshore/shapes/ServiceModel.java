package dev.longshore.shapes;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service and its operations.
 *
 * @param name the service's id in the model, for example {@code ECS}
 * @param apiVersion the date that names the API's version
 * @param endpointPrefix the first label of the service's host names
 * @param signingName the service in the scope of signatures
 * @param targetPrefix what precedes the operation in {@code X-Amz-Target}, empty when not used
 * @param xmlNamespace the namespace of XML responses, empty when not used
 * @param awsQueryCompatible whether JSON errors also name the query protocol's code
 * @param protocols the protocols served, the preferred one first
 * @param operations by name, in the model's order
 */
public record ServiceModel(
    String name,
    String apiVersion,
    String endpointPrefix,
    String signingName,
    String targetPrefix,
    String xmlNamespace,
    boolean awsQueryCompatible,
    List<Protocol> protocols,
    Map<String, OperationModel> operations) {
  public ServiceModel {
    protocols = List.copyOf(protocols);
    operations = Collections.unmodifiableMap(new LinkedHashMap<>(operations));
  }

  /** The operations by name, in the order given. */
  public static Map<String, OperationModel> operations(OperationModel... operations) {
    var byName = LinkedHashMap.<String, OperationModel>newLinkedHashMap(operations.length);
    for (var operation : operations) {
      byName.put(operation.name(), operation);
    }
    return byName;
  }

  /** The operation of this name, null when the service has none. */
  public @Nullable OperationModel operation(String operationName) {
    return operations.get(operationName);
  }
}
