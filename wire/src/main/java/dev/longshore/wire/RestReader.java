package dev.longshore.wire;

import dev.longshore.shapes.Blob;
import dev.longshore.shapes.ListType;
import dev.longshore.shapes.MapType;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.Structure;
import dev.longshore.shapes.TimestampFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the input of a REST request from where its members stand: path, query, headers and body.
 * What it throws are {@link IllegalArgumentException}s with AWS's text for values of wrong types.
 */
final class RestReader {
  private final RestBody format;
  private final WireRequest request;
  private final Map<String, String> labels;
  private final Map<String, List<String>> query;

  RestReader(
      RestBody format,
      WireRequest request,
      Map<String, String> labels,
      Map<String, List<String>> query) {
    this.format = format;
    this.request = request;
    this.labels = labels;
    this.query = query;
  }

  Shape read(Structure structure) {
    var builder = structure.builder();
    for (var member : structure.members()) {
      var value =
          switch (member.location()) {
            case URI -> scalar(member, labels.get(member.wireName()), TimestampFormat.DATE_TIME);
            case QUERYSTRING -> queried(member);
            case HEADER -> header(member);
            case HEADERS -> prefixed(member);
            case BODY, STATUS_CODE -> null;
          };
      if (value != null) {
        builder.set(member.index(), value);
      }
    }
    var payload = structure.payload();
    if (payload != null) {
      builder.set(payload.index(), payload(payload));
    } else if (request.body().length > 0) {
      format.readMembers(structure, builder, request.body());
    }
    return builder.build();
  }

  private @Nullable Object payload(Member member) {
    var body = request.body();
    if (body.length == 0) {
      return null;
    }
    return switch (member.kind()) {
      case BLOB -> Blob.of(body);
      case STRING -> new String(body, StandardCharsets.UTF_8);
      case BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, TIMESTAMP, DOCUMENT, LIST, MAP, STRUCTURE ->
          format.readPayload(member, body);
    };
  }

  private static @Nullable Object scalar(
      Member member, @Nullable String text, TimestampFormat otherwise) {
    return text == null ? null : ScalarText.parse(member, text, otherwise);
  }

  private static List<Object> scalars(
      Member element, List<String> texts, TimestampFormat otherwise) {
    var values = new ArrayList<Object>(texts.size());
    for (var text : texts) {
      values.add(ScalarText.parse(element, text, otherwise));
    }
    return values;
  }

  private @Nullable Object queried(Member member) {
    if (member.type() instanceof MapType map) {
      return allQueried(map);
    }
    var texts = query.get(member.wireName());
    if (texts == null) {
      return null;
    }
    return member.type() instanceof ListType list
        ? scalars(list.element(), texts, TimestampFormat.DATE_TIME)
        : scalar(member, texts.getFirst(), TimestampFormat.DATE_TIME);
  }

  private Map<String, Object> allQueried(MapType map) {
    var all = new LinkedHashMap<String, Object>();
    query.forEach((name, texts) ->
        all.put(
            name,
            map.value().type() instanceof ListType list
                ? scalars(list.element(), texts, TimestampFormat.DATE_TIME)
                : texts.getFirst()));
    return all;
  }

  private @Nullable Object header(Member member) {
    var texts = request.headers().all(member.wireName());
    if (texts.isEmpty()) {
      return null;
    }
    return member.type() instanceof ListType list
        ? scalars(list.element(), HeaderList.split(list, texts), TimestampFormat.HTTP_DATE)
        : scalar(member, texts.getFirst(), TimestampFormat.HTTP_DATE);
  }

  private @Nullable Map<String, Object> prefixed(Member member) {
    var location = member.locationName();
    var prefix = location == null ? "" : location.toLowerCase(Locale.ROOT);
    var found = new LinkedHashMap<String, Object>();
    for (var name : request.headers().names()) {
      var value = request.headers().first(name);
      if (value != null && name.toLowerCase(Locale.ROOT).startsWith(prefix)) {
        found.put(name.substring(prefix.length()), value);
      }
    }
    return found.isEmpty() ? null : found;
  }
}
