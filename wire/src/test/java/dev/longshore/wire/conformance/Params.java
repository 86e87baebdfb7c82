package dev.longshore.wire.conformance;

import dev.longshore.shapes.Blob;
import dev.longshore.shapes.ListType;
import dev.longshore.shapes.MapType;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.Structure;
import dev.longshore.shapes.StructureType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.smithy.model.node.Node;
import software.amazon.smithy.model.node.ObjectNode;

/** The parameters of test cases as shapes, and shapes as plain values that can be compared. */
final class Params {
  private Params() {}

  static Shape shape(Structure structure, ObjectNode params) {
    var builder = structure.builder();
    for (var member : structure.members()) {
      params
          .getMember(member.name())
          .ifPresent(node -> builder.set(member.index(), value(member, node)));
    }
    return builder.build();
  }

  private static @Nullable Object value(Member member, Node node) {
    if (node.isNullNode()) {
      return null;
    }
    return switch (member.kind()) {
      case STRING -> node.expectStringNode().getValue();
      case BOOLEAN -> node.expectBooleanNode().getValue();
      case INTEGER -> node.expectNumberNode().getValue().intValue();
      case LONG -> node.expectNumberNode().getValue().longValue();
      case FLOAT -> (float) floating(node);
      case DOUBLE -> floating(node);
      case TIMESTAMP -> {
        double seconds = node.expectNumberNode().getValue().doubleValue();
        yield Instant.ofEpochMilli(Math.round(seconds * 1000));
      }
      case BLOB -> Blob.ofUtf8(node.expectStringNode().getValue());
      case DOCUMENT -> free(node);
      case STRUCTURE -> shape(((StructureType) member.type()).structure(), node.expectObjectNode());
      case LIST -> {
        var elements = new ArrayList<@Nullable Object>();
        for (var element : node.expectArrayNode()) {
          elements.add(value(((ListType) member.type()).element(), element));
        }
        yield elements;
      }
      case MAP -> {
        var entries = new LinkedHashMap<String, @Nullable Object>();
        node.expectObjectNode()
            .getStringMap()
            .forEach((key, element) ->
                entries.put(key, value(((MapType) member.type()).value(), element)));
        yield entries;
      }
    };
  }

  private static double floating(Node node) {
    return node.isNumberNode()
        ? node.expectNumberNode().getValue().doubleValue()
        : Double.parseDouble(node.expectStringNode().getValue());
  }

  /** Free JSON as Java values; whole numbers compare as longs. */
  private static @Nullable Object free(Node node) {
    if (node.isObjectNode()) {
      var entries = new LinkedHashMap<String, @Nullable Object>();
      node.expectObjectNode().getStringMap().forEach((key, each) -> entries.put(key, free(each)));
      return entries;
    }
    if (node.isArrayNode()) {
      var elements = new ArrayList<@Nullable Object>();
      node.expectArrayNode().forEach(each -> elements.add(free(each)));
      return elements;
    }
    if (node.isNumberNode()) {
      return node.expectNumberNode().getValue();
    }
    return node.isNullNode()
        ? null
        : node.isBooleanNode()
            ? (Object) node.expectBooleanNode().getValue()
            : node.expectStringNode().getValue();
  }

  /** A shape as nested maps and lists with the values of scalars. */
  static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Shape shape -> {
        var members = new LinkedHashMap<String, @Nullable Object>();
        for (var member : shape.schema().members()) {
          var each = shape.member(member.index());
          if (each != null) {
            members.put(member.name(), plain(each));
          }
        }
        yield members;
      }
      case List<?> list -> list.stream().map(each -> String.valueOf(plain(each))).toList();
      case Map<?, ?> map -> {
        var entries = new LinkedHashMap<Object, @Nullable Object>();
        map.forEach((key, each) -> entries.put(key, plain(each)));
        yield entries;
      }
      case Blob blob -> blob.toBase64();
      case Integer number -> number.longValue();
      case null, default -> value;
    };
  }
}
