package dev.longshore.wire.conformance;

import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ServiceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.smithy.aws.traits.protocols.AwsQueryCompatibleTrait;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.knowledge.TopDownIndex;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.ServiceShape;
import software.amazon.smithy.model.shapes.ShapeId;
import software.amazon.smithy.model.traits.HttpTrait;
import software.amazon.smithy.model.traits.UnitTypeTrait;
import software.amazon.smithy.model.traits.XmlNamespaceTrait;

/** A service of a Smithy model as our service model, for one protocol. */
final class SmithyService {
  static final Map<ShapeId, Protocol> PROTOCOLS =
      Map.of(
          ShapeId.from("aws.protocols#awsJson1_0"), Protocol.AWS_JSON_1_0,
          ShapeId.from("aws.protocols#awsJson1_1"), Protocol.AWS_JSON_1_1,
          ShapeId.from("aws.protocols#awsQuery"), Protocol.AWS_QUERY,
          ShapeId.from("aws.protocols#ec2Query"), Protocol.EC2_QUERY,
          ShapeId.from("aws.protocols#restJson1"), Protocol.REST_JSON_1,
          ShapeId.from("aws.protocols#restXml"), Protocol.REST_XML,
          ShapeId.from("smithy.protocols#rpcv2Cbor"), Protocol.RPC_V2_CBOR);

  private final Model model;
  private final ServiceShape service;
  private final Protocol protocol;
  private final SmithyStructures structures;
  private final List<OperationShape> operations;

  SmithyService(Model model, ServiceShape service, Protocol protocol) {
    this.model = model;
    this.service = service;
    this.protocol = protocol;
    this.structures = new SmithyStructures(model, protocol);
    this.operations = List.copyOf(TopDownIndex.of(model).getContainedOperations(service));
  }

  List<OperationShape> operations() {
    return operations;
  }

  SmithyStructures structures() {
    return structures;
  }

  ServiceModel serviceModel() {
    var models = new ArrayList<OperationModel>();
    operations.forEach(operation -> models.add(operation(operation)));
    return new ServiceModel(
        service.getId().getName(),
        service.getVersion(),
        "test",
        "test",
        service.getId().getName(),
        service.getTrait(XmlNamespaceTrait.class).map(XmlNamespaceTrait::getUri).orElse(""),
        service.hasTrait(AwsQueryCompatibleTrait.class),
        List.of(protocol),
        ServiceModel.operations(models.toArray(OperationModel[]::new)));
  }

  private OperationModel operation(OperationShape operation) {
    var bare =
        OperationModel.of(
            operation.getId().getName(),
            structures,
            number(operation.getInputShape()),
            number(operation.getOutputShape()));
    var http = operation.getTrait(HttpTrait.class);
    return http.isEmpty()
        ? bare
        : bare.at(http.get().getMethod(), http.get().getUri().toString(), http.get().getCode());
  }

  private int number(ShapeId id) {
    return model.expectShape(id).hasTrait(UnitTypeTrait.class) ? -1 : structures.number(id);
  }
}
