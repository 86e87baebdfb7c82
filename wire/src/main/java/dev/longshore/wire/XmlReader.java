package dev.longshore.wire;

import dev.longshore.shapes.ListType;
import dev.longshore.shapes.Location;
import dev.longshore.shapes.MapType;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ShapeBuilder;
import dev.longshore.shapes.Structure;
import dev.longshore.shapes.StructureType;
import dev.longshore.shapes.TimestampFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads shapes from XML. Its methods throw {@link IllegalArgumentException} with AWS's text when a
 * value has the wrong type.
 */
final class XmlReader {
  private XmlReader() {}

  static Shape structure(Structure structure, XmlNode node) {
    var builder = structure.builder();
    members(structure, builder, node);
    return builder.build();
  }

  static void members(Structure structure, ShapeBuilder builder, XmlNode node) {
    for (var member : structure.members()) {
      if (member.location() != Location.BODY) {
        continue;
      }
      var value = member.isXmlAttribute() ? attribute(member, node) : member(member, node);
      if (value != null) {
        builder.set(member.index(), value);
      }
    }
  }

  private static @Nullable Object attribute(Member member, XmlNode node) {
    var text = node.attribute(member.wireName());
    return text == null ? null : ScalarText.parse(member, text, TimestampFormat.DATE_TIME);
  }

  private static @Nullable Object member(Member member, XmlNode node) {
    var found = node.children(member.wireName());
    if (found.isEmpty()) {
      return null;
    }
    if (member.isFlattened() && member.type() instanceof ListType list) {
      return elements(list.element(), found);
    }
    if (member.isFlattened() && member.type() instanceof MapType map) {
      return entries(map, found);
    }
    return value(member, found.getFirst());
  }

  /** The value that an element stands for. */
  static Object value(Member member, XmlNode node) {
    return switch (member.kind()) {
      case STRUCTURE -> structure(((StructureType) member.type()).structure(), node);
      case LIST -> elements(((ListType) member.type()).element(), node.children());
      case MAP -> entries((MapType) member.type(), node.children("entry"));
      case STRING, BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, TIMESTAMP, BLOB, DOCUMENT ->
          ScalarText.parse(member, node.text(), TimestampFormat.DATE_TIME);
    };
  }

  private static List<Object> elements(Member element, List<XmlNode> nodes) {
    var elements = new ArrayList<Object>(nodes.size());
    for (var node : nodes) {
      elements.add(value(element, node));
    }
    return elements;
  }

  private static Map<String, Object> entries(MapType type, List<XmlNode> nodes) {
    var entries = new LinkedHashMap<String, Object>();
    for (var node : nodes) {
      var keys = node.children(type.key().wireName());
      var values = node.children(type.value().wireName());
      if (!keys.isEmpty() && !values.isEmpty()) {
        entries.put(keys.getFirst().text(), value(type.value(), values.getFirst()));
      }
    }
    return entries;
  }
}
