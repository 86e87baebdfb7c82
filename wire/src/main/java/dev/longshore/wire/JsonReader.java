package dev.longshore.wire;

import dev.longshore.shapes.Blob;
import dev.longshore.shapes.Kind;
import dev.longshore.shapes.ListType;
import dev.longshore.shapes.Location;
import dev.longshore.shapes.MapType;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ShapeBuilder;
import dev.longshore.shapes.Structure;
import dev.longshore.shapes.StructureType;
import dev.longshore.shapes.TimestampFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;

/**
 * Reads shapes from a stream of JSON or CBOR tokens as AWS does: unknown members are skipped, null
 * is absent, null elements are dropped, fractions of whole numbers are cut off.
 */
final class JsonReader {
  private final JsonParser parser;
  private final Notation notation;

  JsonReader(JsonParser parser, Notation notation) {
    this.parser = parser;
    this.notation = notation;
  }

  /** The structure that makes up the whole document. */
  Shape document(Structure structure) {
    var builder = structure.builder();
    members(structure, builder, false);
    return builder.build();
  }

  /** Reads the document's members into a builder, if wished only those that belong in a body. */
  void members(Structure structure, ShapeBuilder builder, boolean bodyOnly) {
    parser.nextToken();
    expectDocument();
    readMembers(structure, builder, bodyOnly);
    end();
  }

  /** The value that makes up the whole document. */
  @Nullable Object documentValue(Member member) {
    if (parser.nextToken() == null) {
      throw Malformed.because(null);
    }
    var value = value(member);
    end();
    return value;
  }

  private void end() {
    if (parser.nextToken() != null) {
      throw Malformed.because(null);
    }
  }

  private void expectDocument() {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      throw Malformed.because(Malformed.LIST);
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw Malformed.because(null);
    }
  }

  private void readMembers(Structure structure, ShapeBuilder builder, boolean bodyOnly) {
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      var member = notation.usesWireNames() ? structure.wireNamed(name) : structure.named(name);
      parser.nextToken();
      if (member == null || (bodyOnly && member.location() != Location.BODY)) {
        parser.skipChildren();
      } else {
        builder.set(member.index(), value(member));
      }
    }
  }

  private @Nullable Object value(Member member) {
    var token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    try {
      return switch (member.kind()) {
        case STRING -> string(token);
        case BOOLEAN -> bool(token);
        case INTEGER -> integer(token);
        case LONG -> longNumber(token);
        case FLOAT -> (float) floating(token, Kind.FLOAT);
        case DOUBLE -> floating(token, Kind.DOUBLE);
        case TIMESTAMP -> timestamp(token, member);
        case BLOB -> blob(token);
        case DOCUMENT -> free(token);
        case LIST -> list(token, (ListType) member.type());
        case MAP -> map(token, (MapType) member.type());
        case STRUCTURE -> structure(token, ((StructureType) member.type()).structure());
      };
    } catch (InputCoercionException e) {
      // A number that does not fit is an error of the caller, whose text AWS words like this.
      throw Malformed.scalar("NUMBER_VALUE", member.kind());
    }
  }

  private String string(JsonToken token) {
    if (token != JsonToken.VALUE_STRING) {
      throw mismatch(token, Kind.STRING);
    }
    return whole(parser.getString());
  }

  /** Half a character can be escaped in JSON, but it is no text: no encoding can write it again. */
  private static String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          throw Malformed.because(null);
        }
        i++;
      }
    }
    return text;
  }

  private Boolean bool(JsonToken token) {
    return switch (token) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING ->
          switch (parser.getString()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw mismatch(token, Kind.BOOLEAN);
          };
      default -> throw mismatch(token, Kind.BOOLEAN);
    };
  }

  private Integer integer(JsonToken token) {
    return switch (token) {
      case VALUE_NUMBER_INT -> parser.getIntValue();
      case VALUE_NUMBER_FLOAT -> {
        double number = parser.getDoubleValue();
        if (number > Integer.MIN_VALUE - 1d && number < Integer.MAX_VALUE + 1d) {
          yield (int) number;
        }
        throw mismatch(token, Kind.INTEGER);
      }
      default -> throw mismatch(token, Kind.INTEGER);
    };
  }

  private Long longNumber(JsonToken token) {
    return switch (token) {
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> {
        double number = parser.getDoubleValue();
        if (number >= -0x1p63 && number < 0x1p63) {
          yield (long) number;
        }
        throw mismatch(token, Kind.LONG);
      }
      default -> throw mismatch(token, Kind.LONG);
    };
  }

  private double floating(JsonToken token, Kind kind) {
    return switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_STRING ->
          switch (parser.getString()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw mismatch(token, kind);
          };
      default -> throw mismatch(token, kind);
    };
  }

  private Instant timestamp(JsonToken token, Member member) {
    var format = member.timestampFormat();
    try {
      if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
        return Timestamps.ofEpochSeconds(parser.getDoubleValue());
      }
      if (token == JsonToken.VALUE_STRING
          && format != null
          && format != TimestampFormat.EPOCH_SECONDS) {
        return Timestamps.parse(parser.getString(), format);
      }
    } catch (DateTimeException e) {
      throw Malformed.scalar(named(token), Kind.TIMESTAMP);
    }
    throw mismatch(token, Kind.TIMESTAMP);
  }

  private Blob blob(JsonToken token) {
    if (token == JsonToken.VALUE_EMBEDDED_OBJECT) {
      return Blob.of(parser.getBinaryValue());
    }
    if (token != JsonToken.VALUE_STRING) {
      throw mismatch(token, Kind.BLOB);
    }
    try {
      return Blob.ofBase64(parser.getString());
    } catch (IllegalArgumentException e) {
      throw Malformed.because(Malformed.BASE64);
    }
  }

  private List<@Nullable Object> list(JsonToken token, ListType type) {
    if (token != JsonToken.START_ARRAY) {
      throw mismatch(token, Kind.LIST);
    }
    var elements = new ArrayList<@Nullable Object>();
    var element = type.element();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      var value = value(element);
      if (value != null || element.isSparse()) {
        elements.add(value);
      }
    }
    return elements;
  }

  private Map<String, @Nullable Object> map(JsonToken token, MapType type) {
    if (token != JsonToken.START_OBJECT) {
      throw mismatch(token, Kind.MAP);
    }
    var entries = new LinkedHashMap<String, @Nullable Object>();
    for (var key = parser.nextName(); key != null; key = parser.nextName()) {
      parser.nextToken();
      var value = value(type.value());
      if (value != null || type.value().isSparse()) {
        entries.put(whole(key), value);
      }
    }
    return entries;
  }

  private Shape structure(JsonToken token, Structure structure) {
    if (token != JsonToken.START_OBJECT) {
      throw mismatch(token, Kind.STRUCTURE);
    }
    var builder = structure.builder();
    readMembers(structure, builder, false);
    return builder.build();
  }

  /** Free JSON, whose depth the parser bounds. */
  private @Nullable Object free(JsonToken token) {
    return switch (token) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> whole(parser.getString());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case START_ARRAY -> {
        var elements = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(free(parser.currentToken()));
        }
        yield Collections.unmodifiableList(elements);
      }
      case START_OBJECT -> {
        var entries = new LinkedHashMap<String, @Nullable Object>();
        for (var key = parser.nextName(); key != null; key = parser.nextName()) {
          entries.put(whole(key), free(parser.nextToken()));
        }
        yield Collections.unmodifiableMap(entries);
      }
      default -> throw Malformed.because(null);
    };
  }

  private static ServiceException mismatch(JsonToken found, Kind expected) {
    return switch (found) {
      case START_ARRAY -> Malformed.because(Malformed.LIST);
      case START_OBJECT -> Malformed.because(Malformed.STRUCTURE);
      default -> Malformed.scalar(named(found), expected);
    };
  }

  private static String named(JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> "STRING_VALUE";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "NUMBER_VALUE";
      case VALUE_TRUE -> "TRUE_VALUE";
      case VALUE_FALSE -> "FALSE_VALUE";
      case VALUE_EMBEDDED_OBJECT -> "BINARY_VALUE";
      default -> throw Malformed.because(null);
    };
  }
}
