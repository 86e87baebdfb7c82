package dev.longshore.wire;

import dev.longshore.shapes.ListType;
import dev.longshore.shapes.MapType;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.Structure;
import dev.longshore.shapes.StructureType;
import dev.longshore.shapes.TimestampFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads shapes from the parameters of the query protocols. */
final class QueryReader {
  private final boolean ec2;

  /**
   * A reader.
   *
   * @param ec2 whether names follow the EC2 protocol, in which lists have no level of their own
   */
  QueryReader(boolean ec2) {
    this.ec2 = ec2;
  }

  /**
   * Reads a structure.
   *
   * @throws IllegalArgumentException with AWS's text when a value has the wrong type
   */
  Shape structure(Structure structure, FormNode node) {
    var builder = structure.builder();
    for (var member : structure.members()) {
      var child = node.child(name(member));
      if (child != null) {
        builder.set(member.index(), value(member, child));
      }
    }
    return builder.build();
  }

  private String name(Member member) {
    if (!ec2) {
      return member.wireName();
    }
    var queryName = member.queryName();
    if (queryName != null) {
      return queryName;
    }
    var name = member.wireName();
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private @Nullable Object value(Member member, FormNode node) {
    return switch (member.kind()) {
      case STRUCTURE -> structure(((StructureType) member.type()).structure(), node);
      case LIST -> list((ListType) member.type(), node, ec2 || member.isFlattened());
      case MAP -> map((MapType) member.type(), node, member.isFlattened());
      case STRING, BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, TIMESTAMP, BLOB, DOCUMENT -> {
        var text = node.value();
        yield text == null ? null : ScalarText.parse(member, text, TimestampFormat.DATE_TIME);
      }
    };
  }

  private List<Object> list(ListType type, FormNode node, boolean flattened) {
    var elements = new ArrayList<Object>();
    var level = flattened ? node : node.child(type.element().wireName());
    if (level != null) {
      for (var numbered : level.numbered()) {
        var element = value(type.element(), numbered);
        if (element != null) {
          elements.add(element);
        }
      }
    }
    return elements;
  }

  private Map<String, Object> map(MapType type, FormNode node, boolean flattened) {
    var entries = new LinkedHashMap<String, Object>();
    var level = flattened ? node : node.child("entry");
    if (level != null) {
      for (var numbered : level.numbered()) {
        var key = numbered.value(type.key().wireName());
        var valueNode = numbered.child(type.value().wireName());
        var value = valueNode == null ? null : value(type.value(), valueNode);
        if (key != null && value != null) {
          entries.put(key, value);
        }
      }
    }
    return entries;
  }
}
