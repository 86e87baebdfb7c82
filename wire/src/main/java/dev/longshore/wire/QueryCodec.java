package dev.longshore.wire;

import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.ServiceModel;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.XmlNamespace;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The protocols awsQuery and ec2Query: form parameters in, XML out. */
final class QueryCodec implements Codec {
  private final ServiceModel service;
  private final Protocol protocol;
  private final boolean ec2;
  private final QueryReader reader;
  private final XmlNamespace namespace;

  QueryCodec(ServiceModel service, Protocol protocol) {
    this.service = service;
    this.protocol = protocol;
    this.ec2 = protocol == Protocol.EC2_QUERY;
    this.reader = new QueryReader(ec2);
    this.namespace = new XmlNamespace("", service.xmlNamespace());
  }

  @Override
  public ServiceModel service() {
    return service;
  }

  @Override
  public Protocol protocol() {
    return protocol;
  }

  @Override
  public OperationModel operation(WireRequest request) {
    var parameters = parameters(request);
    var action = parameters.value("Action");
    if (action == null || action.isEmpty()) {
      throw new ServiceException(
          "MissingAction", 400, "The request must contain the parameter Action");
    }
    var version = parameters.value("Version");
    var operation = service.operation(action);
    // EC2 keeps serving its older versions; elsewhere a version is another API.
    boolean otherVersion = !ec2 && version != null && !version.equals(service.apiVersion());
    if (operation == null || otherVersion) {
      throw new ServiceException("InvalidAction", 400, unknown(action, version));
    }
    return operation;
  }

  private String unknown(String action, @Nullable String version) {
    return ec2
        ? "The action " + action + " is not valid for this web service."
        : "Could not find operation %s for version %s"
            .formatted(action, version == null ? service.apiVersion() : version);
  }

  @Override
  public Shape readRequest(OperationModel operation, WireRequest request) {
    try {
      return reader.structure(operation.input(), parameters(request));
    } catch (IllegalArgumentException e) {
      throw new ServiceException("MalformedInput", 400, e.getMessage());
    }
  }

  /** A request carries its parameters in the query string, in the body, or in both. */
  private static FormNode parameters(WireRequest request) {
    try {
      return FormNode.parse(request.rawQuery(), new String(request.body(), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new ServiceException("MalformedQueryString", 400, e.getMessage());
    }
  }

  @Override
  public WireResponse writeResponse(OperationModel operation, Shape output, String requestId) {
    var xml = new XmlText();
    var root = operation.name() + "Response";
    xml.startTag(root, namespace).endTag();
    if (ec2) {
      xml.element("requestId", requestId);
      new XmlWriter(xml).members(output, member -> true);
    } else {
      if (operation.hasOutput()) {
        var wrapper = operation.resultWrapper();
        var result = wrapper == null ? operation.name() + "Result" : wrapper;
        new XmlWriter(xml).element(result, null, output);
      }
      xml.open("ResponseMetadata").element("RequestId", requestId).close("ResponseMetadata");
    }
    return response(200, requestId, xml.close(root));
  }

  @Override
  public WireResponse writeError(ServiceException error, String requestId) {
    var xml = new XmlText();
    if (ec2) {
      xml.open("Response").open("Errors").open("Error");
      members(error, xml);
      xml.close("Error").close("Errors").element("RequestID", requestId).close("Response");
    } else {
      xml.startTag("ErrorResponse", namespace).endTag().open("Error");
      xml.element("Type", ErrorMembers.blame(error));
      members(error, xml);
      xml.close("Error").element("RequestId", requestId).close("ErrorResponse");
    }
    return response(error.httpStatus(), requestId, xml);
  }

  private static void members(ServiceException error, XmlText xml) {
    xml.element("Code", error.code());
    var message = error.getMessage();
    if (message != null) {
      xml.element("Message", message);
    }
    new XmlWriter(xml).members(error, member -> !ErrorMembers.isMessage(member));
  }

  private WireResponse response(int status, String requestId, XmlText xml) {
    var headers =
        WireHeaders.of(
            "content-type",
            ec2 ? "text/xml;charset=UTF-8" : "text/xml",
            "x-amzn-requestid",
            requestId);
    return new WireResponse(status, headers, xml.toBytes());
  }
}
