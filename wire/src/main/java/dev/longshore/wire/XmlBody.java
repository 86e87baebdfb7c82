package dev.longshore.wire;

import dev.longshore.shapes.Member;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ShapeBuilder;
import dev.longshore.shapes.Structure;
import dev.longshore.shapes.XmlNamespace;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of restXml.
 *
 * @param namespace the service's namespace, empty when it has none
 */
record XmlBody(String namespace) implements RestBody {
  @Override
  public String contentType() {
    return "application/xml";
  }

  @Override
  public void readMembers(Structure structure, ShapeBuilder builder, byte[] body) {
    try {
      XmlReader.members(structure, builder, XmlNode.parse(body));
    } catch (IllegalArgumentException e) {
      throw Malformed.because(e.getMessage());
    }
  }

  @Override
  public Object readPayload(Member member, byte[] body) {
    try {
      return XmlReader.value(member, XmlNode.parse(body));
    } catch (IllegalArgumentException e) {
      throw Malformed.because(e.getMessage());
    }
  }

  @Override
  public byte @Nullable [] writeMembers(OperationModel operation, Shape shape) {
    var schema = shape.schema();
    if (schema.members().stream().noneMatch(XmlBody::isInBody)) {
      return null;
    }
    var name = schema.xmlName() == null ? schema.name() : schema.xmlName();
    var xml = new XmlText();
    new XmlWriter(xml).element(name, space(schema), shape, XmlBody::isInBody);
    return xml.toBytes();
  }

  @Override
  public byte[] writePayload(Member member, Object value) {
    var xml = new XmlText();
    if (value instanceof Shape shape) {
      var schema = shape.schema();
      var given = member.locationName() == null ? schema.xmlName() : member.locationName();
      var space = member.xmlNamespace() == null ? space(schema) : member.xmlNamespace();
      new XmlWriter(xml).element(given == null ? schema.name() : given, space, shape);
    } else {
      throw new IllegalArgumentException("a payload of XML must be a structure");
    }
    return xml.toBytes();
  }

  @Override
  public byte[] writeError(ServiceException error, String requestId) {
    var xml = new XmlText();
    xml.startTag("ErrorResponse", new XmlNamespace("", namespace)).endTag().open("Error");
    xml.element("Type", ErrorMembers.blame(error)).element("Code", error.code());
    var message = error.getMessage();
    if (message != null) {
      xml.element("Message", message);
    }
    new XmlWriter(xml)
        .members(error, member -> isInBody(member) && !ErrorMembers.isMessage(member));
    xml.close("Error").element("RequestId", requestId);
    return xml.close("ErrorResponse").toBytes();
  }

  private static boolean isInBody(Member member) {
    return member.location().isInResponseBody();
  }

  private XmlNamespace space(Structure schema) {
    var own = schema.xmlNamespace();
    return own == null ? new XmlNamespace("", namespace) : own;
  }
}
