package dev.longshore.wire;

import dev.longshore.shapes.ListType;
import dev.longshore.shapes.MapType;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.TimestampFormat;
import dev.longshore.shapes.XmlNamespace;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes shapes as XML. Absent members are left out. */
final class XmlWriter {
  private final XmlText xml;

  XmlWriter(XmlText xml) {
    this.xml = xml;
  }

  /** Writes a structure as an element of this name. */
  void element(String name, @Nullable XmlNamespace namespace, Shape shape) {
    element(name, namespace, shape, member -> true);
  }

  /** Writes those members of a structure that a test admits as an element of this name. */
  void element(
      String name, @Nullable XmlNamespace namespace, Shape shape, Predicate<Member> admitted) {
    xml.startTag(name, namespace);
    for (var member : shape.schema().members()) {
      var value = shape.member(member.index());
      if (value != null && member.isXmlAttribute()) {
        xml.attribute(
            member.wireName(), ScalarText.format(member, value, TimestampFormat.DATE_TIME));
      }
    }
    xml.endTag();
    members(shape, admitted);
    xml.close(name);
  }

  /** Writes the members that a test admits, without an element around them. */
  void members(Shape shape, Predicate<Member> admitted) {
    for (var member : shape.schema().members()) {
      var value = shape.member(member.index());
      if (value != null && !member.isXmlAttribute() && admitted.test(member)) {
        member(member, value);
      }
    }
  }

  private void member(Member member, Object value) {
    if (member.isFlattened() && value instanceof List<?> list) {
      var element = ((ListType) member.type()).element();
      for (var each : list) {
        value(member.wireName(), element.xmlNamespace(), element, each);
      }
    } else if (member.isFlattened() && value instanceof Map<?, ?> map) {
      entries(member.wireName(), member.xmlNamespace(), (MapType) member.type(), map);
    } else {
      value(member.wireName(), member.xmlNamespace(), member, value);
    }
  }

  private void value(
      String name, @Nullable XmlNamespace namespace, Member member, @Nullable Object value) {
    if (value == null) {
      xml.startTag(name, namespace).endTag().close(name);
      return;
    }
    switch (member.kind()) {
      case STRUCTURE -> element(name, namespace, (Shape) value);
      case LIST -> {
        var element = ((ListType) member.type()).element();
        xml.startTag(name, namespace).endTag();
        for (var each : (List<?>) value) {
          value(element.wireName(), element.xmlNamespace(), element, each);
        }
        xml.close(name);
      }
      case MAP -> {
        xml.startTag(name, namespace).endTag();
        entries("entry", null, (MapType) member.type(), (Map<?, ?>) value);
        xml.close(name);
      }
      case STRING, BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, TIMESTAMP, BLOB, DOCUMENT ->
          xml.startTag(name, namespace)
              .endTag()
              .text(ScalarText.format(member, value, TimestampFormat.DATE_TIME))
              .close(name);
    }
  }

  private void entries(
      String name, @Nullable XmlNamespace namespace, MapType type, Map<?, ?> entries) {
    for (var entry : entries.entrySet()) {
      var key = type.key();
      var value = type.value();
      xml.startTag(name, namespace).endTag();
      value(key.wireName(), key.xmlNamespace(), key, Objects.requireNonNull(entry.getKey()));
      value(value.wireName(), value.xmlNamespace(), value, entry.getValue());
      xml.close(name);
    }
  }
}
