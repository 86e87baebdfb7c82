package dev.longshore.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.MissingResourceException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** An element of an XML document. Prefixes of elements are dropped, those of attributes kept. */
final class XmlNode {
  private static final int MAX_DEPTH = 128;
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final XMLInputFactory FACTORY = factory();

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>(0);
  private final List<XmlNode> children = new ArrayList<>(0);
  private final StringBuilder text = new StringBuilder(0);

  private XmlNode(String name) {
    this.name = name;
  }

  /** Document types and entities are off: they can read files and grow without bound. */
  private static XMLInputFactory factory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /**
   * Reads a document.
   *
   * @param document in UTF-8
   * @throws IllegalArgumentException when it is not well-formed or nested deeper than 128 levels
   */
  static XmlNode parse(byte[] document) {
    // Decoded here, lest a document choose its own encoding, and the parser print what it dislikes.
    String text = decoded(document);
    try {
      var reader = FACTORY.createXMLStreamReader(new StringReader(text));
      try {
        reader.nextTag();
        var root = element(reader, 0);
        while (reader.hasNext()) {
          reader.next();
        }
        return root;
      } finally {
        reader.close();
      }
    } catch (XMLStreamException | MissingResourceException e) {
      // The JDK's parser has no words for some faults within document types, and fails at that.
      throw new IllegalArgumentException("The XML is not well-formed", e);
    }
  }

  private static String decoded(byte[] document) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("The XML is not in UTF-8", e);
    }
  }

  private static XmlNode element(XMLStreamReader reader, int depth) throws XMLStreamException {
    if (depth >= MAX_DEPTH) {
      throw new IllegalArgumentException("The XML is nested too deeply");
    }
    var node = new XmlNode(reader.getLocalName());
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      var prefix = reader.getAttributePrefix(i);
      var local = reader.getAttributeLocalName(i);
      var qualified = prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
      node.attributes.put(qualified, reader.getAttributeValue(i));
    }
    while (reader.next() != XMLStreamConstants.END_ELEMENT) {
      switch (reader.getEventType()) {
        case XMLStreamConstants.START_ELEMENT -> node.children.add(element(reader, depth + 1));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            node.text.append(reader.getText());
        case XMLStreamConstants.ENTITY_REFERENCE, XMLStreamConstants.DTD ->
            throw new IllegalArgumentException("The XML must not refer to entities");
        default -> {
          // Comments and processing instructions mean nothing here.
        }
      }
    }
    return node;
  }

  String name() {
    return name;
  }

  String text() {
    return text.toString();
  }

  @Nullable String attribute(String attributeName) {
    return attributes.get(attributeName);
  }

  Map<String, String> attributes() {
    return attributes;
  }

  List<XmlNode> children() {
    return children;
  }

  /** The children of this name; a prefix in the name is not looked at. */
  List<XmlNode> children(String childName) {
    var local = childName.substring(childName.indexOf(':') + 1);
    return children.stream().filter(child -> child.name.equals(local)).toList();
  }
}
