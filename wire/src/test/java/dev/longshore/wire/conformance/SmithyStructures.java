package dev.longshore.wire.conformance;

import dev.longshore.shapes.Catalog;
import dev.longshore.shapes.Kind;
import dev.longshore.shapes.ListType;
import dev.longshore.shapes.Location;
import dev.longshore.shapes.MapType;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ScalarType;
import dev.longshore.shapes.Structure;
import dev.longshore.shapes.StructureType;
import dev.longshore.shapes.TimestampFormat;
import dev.longshore.shapes.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.smithy.aws.traits.protocols.AwsQueryErrorTrait;
import software.amazon.smithy.aws.traits.protocols.Ec2QueryNameTrait;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeId;
import software.amazon.smithy.model.traits.ErrorTrait;
import software.amazon.smithy.model.traits.HttpErrorTrait;
import software.amazon.smithy.model.traits.HttpHeaderTrait;
import software.amazon.smithy.model.traits.HttpLabelTrait;
import software.amazon.smithy.model.traits.HttpPayloadTrait;
import software.amazon.smithy.model.traits.HttpPrefixHeadersTrait;
import software.amazon.smithy.model.traits.HttpQueryParamsTrait;
import software.amazon.smithy.model.traits.HttpQueryTrait;
import software.amazon.smithy.model.traits.HttpResponseCodeTrait;
import software.amazon.smithy.model.traits.JsonNameTrait;
import software.amazon.smithy.model.traits.RequiredTrait;
import software.amazon.smithy.model.traits.SparseTrait;
import software.amazon.smithy.model.traits.TimestampFormatTrait;
import software.amazon.smithy.model.traits.XmlAttributeTrait;
import software.amazon.smithy.model.traits.XmlFlattenedTrait;
import software.amazon.smithy.model.traits.XmlNameTrait;
import software.amazon.smithy.model.traits.XmlNamespaceTrait;

/** Makes our schemas from a Smithy model, as one protocol sees it. */
final class SmithyStructures implements Catalog {
  private final Model model;
  private final Protocol protocol;
  private final List<ShapeId> ids = new ArrayList<>();
  private final Map<ShapeId, Structure> structures = new HashMap<>();

  SmithyStructures(Model model, Protocol protocol) {
    this.model = model;
    this.protocol = protocol;
  }

  int number(ShapeId id) {
    int number = ids.indexOf(id);
    if (number < 0) {
      ids.add(id);
      number = ids.size() - 1;
    }
    return number;
  }

  @Override
  public Structure structure(int id) {
    return structure(ids.get(id));
  }

  private Structure structure(ShapeId id) {
    var known = structures.get(id);
    if (known != null) {
      return known;
    }
    var shape = model.expectShape(id);
    var prototype = new DynamicShapes.Prototype();
    var members = new ArrayList<Member>();
    int payload = -1;
    for (var member : shape.members()) {
      if (member.hasTrait(HttpPayloadTrait.class)) {
        payload = members.size();
      }
      members.add(member(members.size(), member));
    }
    var structure =
        traits(
            shape, Structure.of(id.getName(), prototype.builder(), members.toArray(Member[]::new)));
    if (payload >= 0 && isRest()) {
      structure = structure.payload(payload);
    }
    prototype.is(structure);
    structures.put(id, structure);
    return structure;
  }

  private boolean isRest() {
    return protocol == Protocol.REST_JSON_1 || protocol == Protocol.REST_XML;
  }

  private boolean isXml() {
    return protocol == Protocol.REST_XML
        || protocol == Protocol.AWS_QUERY
        || protocol == Protocol.EC2_QUERY;
  }

  private Structure traits(Shape shape, Structure bare) {
    var structure = bare;
    if (shape.isUnionShape()) {
      structure = structure.union();
    }
    if (isXml()) {
      var name = shape.getTrait(XmlNameTrait.class);
      structure = name.isPresent() ? structure.xmlNamed(name.get().getValue()) : structure;
      var space = shape.getTrait(XmlNamespaceTrait.class);
      if (space.isPresent()) {
        structure = structure.namespace(space.get().getPrefix().orElse(""), space.get().getUri());
      }
    }
    var error = shape.getTrait(ErrorTrait.class);
    if (error.isPresent()) {
      var query = shape.getTrait(AwsQueryErrorTrait.class);
      int status =
          shape
              .getTrait(HttpErrorTrait.class)
              .map(HttpErrorTrait::getCode)
              .orElse(error.get().getDefaultHttpStatusCode());
      if (protocol == Protocol.AWS_QUERY && query.isPresent()) {
        status = query.get().getHttpResponseCode();
      }
      var code = query.map(AwsQueryErrorTrait::getCode).orElse(shape.getId().getName());
      structure = structure.error(code, status, error.get().isServerError());
    }
    return structure;
  }

  private Member member(int index, MemberShape shape) {
    var member = Member.of(index, shape.getMemberName(), type(shape.getTarget()));
    member = shape.hasTrait(RequiredTrait.class) ? member.required() : member;
    return isRest() ? located(named(member, shape), shape) : named(member, shape);
  }

  /** With the traits that members of lists and maps have too. */
  private Member named(Member bare, MemberShape shape) {
    var member = bare;
    if (isXml()) {
      var name = shape.getTrait(XmlNameTrait.class);
      member = name.isPresent() ? member.named(name.get().getValue()) : member;
      var ec2 = shape.getTrait(Ec2QueryNameTrait.class);
      member = ec2.isPresent() ? member.queried(ec2.get().getValue()) : member;
      var space = shape.getTrait(XmlNamespaceTrait.class);
      if (space.isPresent()) {
        member = member.namespace(space.get().getPrefix().orElse(""), space.get().getUri());
      }
      member = shape.hasTrait(XmlAttributeTrait.class) ? member.attribute() : member;
      member = shape.hasTrait(XmlFlattenedTrait.class) ? member.flat() : member;
    } else {
      var name = shape.getTrait(JsonNameTrait.class);
      member = name.isPresent() ? member.named(name.get().getValue()) : member;
    }
    var format = format(shape);
    return format == null ? member : member.formatted(format);
  }

  private static Member located(Member member, MemberShape shape) {
    if (shape.hasTrait(HttpLabelTrait.class)) {
      return member.in(Location.URI);
    }
    if (shape.hasTrait(HttpResponseCodeTrait.class)) {
      return member.in(Location.STATUS_CODE);
    }
    if (shape.hasTrait(HttpQueryParamsTrait.class)) {
      return member.in(Location.QUERYSTRING);
    }
    var query = shape.getTrait(HttpQueryTrait.class);
    if (query.isPresent()) {
      return member.named(query.get().getValue()).in(Location.QUERYSTRING);
    }
    var header = shape.getTrait(HttpHeaderTrait.class);
    if (header.isPresent()) {
      return member.named(header.get().getValue()).in(Location.HEADER);
    }
    var prefix = shape.getTrait(HttpPrefixHeadersTrait.class);
    if (prefix.isPresent()) {
      return member.named(prefix.get().getValue()).in(Location.HEADERS);
    }
    return member;
  }

  private @Nullable TimestampFormat format(Shape shape) {
    var trait = shape.getTrait(TimestampFormatTrait.class);
    if (trait.isEmpty() || protocol == Protocol.RPC_V2_CBOR) {
      return null;
    }
    return switch (trait.get().getFormat()) {
      case EPOCH_SECONDS -> TimestampFormat.EPOCH_SECONDS;
      case DATE_TIME -> TimestampFormat.DATE_TIME;
      case HTTP_DATE -> TimestampFormat.HTTP_DATE;
      default -> throw new IllegalArgumentException("unknown format " + trait.get());
    };
  }

  private Type type(ShapeId id) {
    var shape = model.expectShape(id);
    var name = id.getName();
    return switch (shape.getType()) {
      case STRUCTURE, UNION -> StructureType.of(name, this, number(id));
      case LIST, SET -> {
        var target = shape.asListShape().orElseThrow().getMember();
        var element = named(Member.element(type(target.getTarget())), target);
        yield ListType.of(name, shape.hasTrait(SparseTrait.class) ? element.sparse() : element);
      }
      case MAP -> {
        var map = shape.asMapShape().orElseThrow();
        var key = named(Member.key(type(map.getKey().getTarget())), map.getKey());
        var value = named(Member.value(type(map.getValue().getTarget())), map.getValue());
        yield MapType.of(name, key, shape.hasTrait(SparseTrait.class) ? value.sparse() : value);
      }
      case STRING, ENUM -> ScalarType.of(name, Kind.STRING);
      case BOOLEAN -> ScalarType.of(name, Kind.BOOLEAN);
      case BYTE, SHORT, INTEGER, INT_ENUM -> ScalarType.of(name, Kind.INTEGER);
      case LONG -> ScalarType.of(name, Kind.LONG);
      case FLOAT -> ScalarType.of(name, Kind.FLOAT);
      case DOUBLE -> ScalarType.of(name, Kind.DOUBLE);
      case BLOB -> ScalarType.of(name, Kind.BLOB);
      case DOCUMENT -> ScalarType.of(name, Kind.DOCUMENT);
      case TIMESTAMP -> {
        var format = format(shape);
        var type = ScalarType.of(name, Kind.TIMESTAMP);
        yield format == null ? type : type.formatted(format);
      }
      default -> throw new IllegalArgumentException("no type for " + shape);
    };
  }
}
