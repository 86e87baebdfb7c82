package dev.longshore.server;

import dev.longshore.shapes.ListType;
import dev.longshore.shapes.MapType;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.ScalarType;
import dev.longshore.shapes.Structure;
import dev.longshore.shapes.StructureType;
import dev.longshore.shapes.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests by chance, made by walking the model: mostly of the right shape and half sensible, so
 * that they come far into the rooms, with something hostile in many of them. What answers name is
 * used again in later requests.
 */
final class AnyRequest {
  private static final int MOST_KNOWN = 400;
  private static final Pattern NAMED = Pattern.compile("\"(arn:aws:[^\"]{1,200})\"");

  /** Of any type; put where a type is not looked at. */
  private static final List<String> HOSTILE =
      List.of(
          "null",
          "true",
          "-1",
          "0.5",
          "1e400",
          "-1e400",
          "99999999999999999999",
          "\"\"",
          "\"x\"",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "{\"\":null}",
          "NaN",
          "\"\\ud800\"",
          "\"\\u0000\"");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "1",
          "2",
          "3",
          "10",
          "64",
          "80",
          "100",
          "128",
          "256",
          "512",
          "1024",
          "-1",
          "65536",
          "2147483647",
          "-2147483648",
          "2147483648",
          "1e9",
          "1e18",
          "9223372036854775807",
          "1.0",
          "0.1");

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a b",
          "app",
          "web",
          "default",
          "default",
          "other",
          "x".repeat(256),
          "y".repeat(3000),
          "é",
          "\\ud83d\\ude00",
          "\\u0000",
          "\\ud800",
          "\\n",
          "../..",
          "%s%n",
          "web:1",
          "web:0",
          "web:-1",
          "web:99999999999999999999",
          "web:1:1",
          "arn:aws:ecs",
          "arn:",
          "arn:aws:ecs:us-east-1:123456789012:cluster/",
          "aws:x",
          "0",
          "-1",
          "1",
          "256",
          "1024",
          "2 vCPU",
          "0.5 GB",
          "999999 vCPU",
          "enabled",
          "true",
          "busybox",
          "sha256:0",
          "attribute:ecs.os-type == linux",
          "agentConnected == true",
          "not (((",
          "task:group == *",
          "{}",
          "2026-01-01T00:00:00Z");

  /** What the members of that name usually hold, as JSON. */
  private static final Map<String, List<String>> USUAL =
      Map.ofEntries(
          Map.entry("family", List.of("\"web\"", "\"app\"")),
          Map.entry("name", List.of("\"app\"", "\"side\"", "\"a\"", "\"CPU\"", "\"MEMORY\"")),
          Map.entry("image", List.of("\"busybox\"")),
          Map.entry("memory", List.of("64", "128", "\"512\"", "\"1 GB\"")),
          Map.entry("cpu", List.of("64", "0", "\"256\"", "\"1 vCPU\"", "2147483647")),
          Map.entry("cluster", List.of("\"default\"", "\"default\"", "\"other\"")),
          Map.entry("clusterName", List.of("\"default\"", "\"other\"", "\"third\"")),
          Map.entry("taskDefinition", List.of("\"web\"", "\"app\"", "\"web:1\"")),
          Map.entry("service", List.of("\"shop\"", "\"other\"")),
          Map.entry("serviceName", List.of("\"shop\"", "\"other\"", "\"third\"")),
          Map.entry("launchType", List.of("\"EC2\"", "\"EC2\"", "\"EXTERNAL\"", "\"FARGATE\"")),
          Map.entry("networkMode", List.of("\"bridge\"", "\"host\"", "\"none\"", "\"awsvpc\"")),
          Map.entry("expression", List.of("\"attribute:ecs.os-type == linux\"")),
          Map.entry("field", List.of("\"memory\"", "\"instanceId\"", "\"attribute:x\"")),
          Map.entry("count", List.of("1", "2", "10")),
          Map.entry("desiredCount", List.of("0", "1", "3")),
          Map.entry("status", List.of("\"RUNNING\"", "\"STOPPED\"", "\"DRAINING\"", "\"ACTIVE\"")),
          Map.entry("type", List.of("\"INTEGER\"", "\"memberOf\"", "\"spread\"", "\"binpack\"")),
          Map.entry("key", List.of("\"team\"", "\"a\"", "\"aws:x\"")));

  /** Members without which a request does not come far, though the model does not require them. */
  private static final List<String> WANTED =
      List.of("family", "name", "image", "memory", "taskDefinition", "desiredCount", "type", "key");

  private final Random random;
  private final List<String> known = new ArrayList<>();

  /** Of a hundred optional members, how many the request has. */
  private int many;

  AnyRequest(long seed) {
    random = new Random(seed);
  }

  /** Takes up what an answer names. */
  void learn(String answer) {
    Matcher matcher = NAMED.matcher(answer);
    while (matcher.find()) {
      if (known.size() < MOST_KNOWN) {
        known.add(matcher.group(1));
      } else {
        known.set(random.nextInt(MOST_KNOWN), matcher.group(1));
      }
    }
  }

  String body(Structure input) {
    many = List.of(3, 10, 30).get(random.nextInt(3));
    return structure(input, 0);
  }

  /** A container that meets the rules but for what is added to it. */
  private String container(Structure structure, int depth) {
    StringBuilder text = new StringBuilder("{\"name\":\"app\",\"image\":\"busybox\",\"memory\":64");
    for (int i = random.nextInt(3); i > 0; i--) {
      Member member = structure.members().get(random.nextInt(structure.members().size()));
      text.append(",\"").append(member.name()).append("\":");
      text.append(value(member.name(), member.type(), depth + 1));
    }
    return text.append('}').toString();
  }

  private String structure(Structure structure, int depth) {
    StringBuilder text = new StringBuilder("{");
    for (Member member : structure.members()) {
      boolean wanted = member.isRequired() || WANTED.contains(member.name());
      if (random.nextInt(100) < (wanted ? 97 : many)) {
        text.append(text.length() > 1 ? "," : "").append('"').append(member.name()).append("\":");
        text.append(value(member.name(), member.type(), depth));
        if (random.nextInt(300) == 0) {
          text.append(",\"").append(member.name()).append("\":null");
        }
      }
    }
    return text.append('}').toString();
  }

  private String value(String name, Type type, int depth) {
    if (random.nextInt(60) == 0) {
      return any(HOSTILE);
    }
    return switch (type) {
      case StructureType inner
          when inner.name().equals("ContainerDefinition") && random.nextInt(10) < 9 ->
          container(inner.structure(), depth);
      case StructureType inner -> depth > 8 ? "{}" : structure(inner.structure(), depth + 1);
      case ListType list -> list(name, list, depth);
      case MapType map -> map(map, depth);
      case ScalarType scalar -> scalar(name, scalar);
    };
  }

  private String list(String name, ListType list, int depth) {
    int size =
        name.equals("containerDefinitions")
            ? 1
            : random.nextInt(40) == 0 ? 120 : random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(3);
    if (depth > 3) {
      size = Math.min(size, 3);
    }
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(value(name, list.element().type(), depth + 1));
    }
    return "[" + String.join(",", elements) + "]";
  }

  private String map(MapType map, int depth) {
    List<String> entries = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      entries.add("\"" + any(TEXTS) + "\":" + value("", map.value().type(), depth + 1));
    }
    return "{" + String.join(",", entries) + "}";
  }

  private String scalar(String name, ScalarType scalar) {
    if (USUAL.containsKey(name) && random.nextInt(10) < 7) {
      return any(USUAL.get(name));
    }
    return switch (scalar.kind()) {
      case BOOLEAN -> random.nextInt(3) == 0 ? "true" : "false";
      case INTEGER, LONG, FLOAT, DOUBLE -> any(NUMBERS);
      case TIMESTAMP -> any(List.of("0", "1795249514.552", "-1e12", "253402300800", "1e300"));
      case STRING -> "\"" + string(name, scalar) + "\"";
      case BLOB -> "\"AAAA\"";
      default -> any(HOSTILE);
    };
  }

  private String string(String name, ScalarType scalar) {
    if (scalar.isEnum() && random.nextInt(10) > 0) {
      return any(scalar.values());
    }
    List<String> fitting = fitting(name.toLowerCase(Locale.ROOT));
    return fitting.isEmpty() || random.nextInt(4) == 0 ? any(TEXTS) : any(fitting);
  }

  /** The known ARNs of the kind that the member's name speaks of. */
  private List<String> fitting(String name) {
    for (String kind :
        List.of("taskdefinition", "containerinstance", "cluster", "service", "task", "resource")) {
      if (name.startsWith(kind)) {
        String part =
            switch (kind) {
              case "taskdefinition" -> ":task-definition/";
              case "containerinstance" -> ":container-instance/";
              case "resource" -> ":";
              default -> ":" + kind + "/";
            };
        return known.stream().filter(arn -> arn.contains(part)).toList();
      }
    }
    return List.of();
  }

  private String any(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }
}
