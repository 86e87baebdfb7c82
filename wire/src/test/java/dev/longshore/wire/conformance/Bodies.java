package dev.longshore.wire.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import software.amazon.smithy.model.node.Node;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.cbor.CBORFactory;

/** Bodies in a form in which equal ones are equal whatever their order and white space. */
final class Bodies {
  private Bodies() {}

  /** The difference between two bodies, empty when they say the same. */
  static String difference(String mediaType, byte[] expected, byte[] actual) throws Exception {
    boolean isXml = new String(expected, UTF_8).startsWith("<");
    var wanted = canonical(isXml ? "application/xml" : mediaType, expected);
    var given = canonical(isXml ? "application/xml" : mediaType, actual);
    if (isXml && wanted instanceof Map<?, ?> a && given instanceof Map<?, ?> b) {
      leaveOutNamespace(attributes(a), attributes(b));
    }
    return wanted.equals(given) ? "" : "expected " + shown(wanted) + " but was " + shown(given);
  }

  /** Where a case leaves the namespace of the whole document out, servers may still write it. */
  private static void leaveOutNamespace(Map<?, ?> wanted, Map<?, ?> given) {
    if (!wanted.containsKey("xmlns")) {
      given.remove("xmlns");
    }
  }

  private static Map<?, ?> attributes(Map<?, ?> element) {
    return (Map<?, ?>) Objects.requireNonNull(element.get("attributes"));
  }

  private static String shown(Object body) {
    return body instanceof Node node ? Node.printJson(node) : body.toString();
  }

  private static Object canonical(String mediaType, byte[] body) throws Exception {
    if (body.length == 0) {
      return "";
    }
    return switch (mediaType) {
      case "application/json" -> json(new String(body, UTF_8));
      case "application/xml" -> xml(body);
      case "application/cbor" -> cbor(body);
      default -> new String(body, UTF_8);
    };
  }

  /** Our models have no namespaces, and clients cut the type of an error at the number sign. */
  private static Object json(String body) {
    var node = Node.parse(body);
    if (node.isObjectNode()) {
      var type = node.expectObjectNode().getStringMember("__type");
      if (type.isPresent()) {
        return node.expectObjectNode().withMember("__type", local(type.get().getValue()));
      }
    }
    return node;
  }

  private static String local(String type) {
    return type.substring(type.indexOf('#') + 1);
  }

  private static Object cbor(byte[] body) {
    try (var parser = new CBORFactory().createParser(ObjectReadContext.empty(), body)) {
      parser.nextToken();
      var value = cbor(parser);
      if (value instanceof Map<?, ?> map && map.get("__type") instanceof String type) {
        var copy = new TreeMap<Object, @Nullable Object>(map);
        copy.put("__type", local(type));
        return copy;
      }
      return String.valueOf(value);
    }
  }

  private static @Nullable Object cbor(JsonParser parser) {
    var token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> {
        var entries = new TreeMap<String, @Nullable Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          var name = parser.currentName();
          parser.nextToken();
          entries.put(name, cbor(parser));
        }
        yield entries;
      }
      case START_ARRAY -> {
        var elements = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(cbor(parser));
        }
        yield elements;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> (double) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_EMBEDDED_OBJECT -> List.of(new String(parser.getBinaryValue(), UTF_8));
      default -> throw new IllegalArgumentException("unexpected " + token);
    };
  }

  private static Object xml(byte[] body) throws Exception {
    var factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    var document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(body));
    return xml(document.getDocumentElement());
  }

  /** An element as its name, its attributes with namespaces, and its text or children by name. */
  private static Map<String, Object> xml(Element element) {
    var attributes = new TreeMap<String, String>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      var attribute = element.getAttributes().item(i);
      attributes.put(attribute.getNodeName(), attribute.getNodeValue());
    }
    var children = new TreeMap<String, List<Object>>();
    for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child && !isMetadata(element, child)) {
        children.computeIfAbsent(child.getNodeName(), name -> new ArrayList<>()).add(xml(child));
      }
    }
    var canonical = new LinkedHashMap<String, Object>();
    canonical.put("name", element.getNodeName());
    canonical.put("attributes", attributes);
    canonical.put("content", children.isEmpty() ? text(element) : children);
    return canonical;
  }

  /** White space between elements says nothing; in an element with text only it is the value. */
  private static String text(Element element) {
    var text = element.getTextContent();
    return text.isBlank() || element.getElementsByTagName("*").getLength() > 0 ? "" : text;
  }

  /** The request's id is not part of what an operation answers. */
  private static boolean isMetadata(Element parent, Element child) {
    var name = child.getNodeName();
    return name.equals("ResponseMetadata")
        || (parent.getParentNode().getParentNode() == null && name.equalsIgnoreCase("requestId"));
  }
}
