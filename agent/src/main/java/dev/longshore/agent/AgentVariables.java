package dev.longshore.agent;

import dev.longshore.agent.docker.RegistryCredentials;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import dev.longshore.wire.signature.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The variables an agent is set up with, and files that hold them. */
public final class AgentVariables {
  /** Where the packaged agent's supervisor looks, the second overriding the first. */
  public static final List<Path> FILES =
      List.of(Path.of("/var/lib/ecs/ecs.config"), Path.of("/etc/ecs/ecs.config"));

  private static final Duration LEAST_START = Duration.ofSeconds(45);
  private static final Duration LEAST_CREATE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final List<String> DRIVERS =
      List.of(
          "json-file",
          "syslog",
          "journald",
          "gelf",
          "fluentd",
          "awslogs",
          "splunk",
          "logentries",
          "sumologic",
          "none",
          "awsfirelens");

  private final Map<String, String> variables;

  AgentVariables(Map<String, String> variables) {
    this.variables = variables;
  }

  /**
   * The variables of the given files ({@code KEY=VALUE} lines, {@code #} begins a comment line; a
   * file that does not exist has none), overridden by those of the environment.
   */
  public static Map<String, String> read(Map<String, String> environment, List<Path> files)
      throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        continue;
      }
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#")) {
          variables.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
      }
    }
    variables.putAll(environment);
    return variables;
  }

  AgentConfig config() {
    List<Integer> range = dynamicPorts();
    return new AgentConfig(
        text("LONGSHORE_AGENT_NAME", "agent"),
        Path.of(text("ECS_DATADIR", "/var/lib/ecs/data")).toAbsolutePath().normalize(),
        text("ECS_CLUSTER", ""),
        endpoint(),
        text("AWS_DEFAULT_REGION", text("AWS_REGION", "us-east-1")),
        credentials(),
        text("LONGSHORE_INSTANCE_PROFILE", ""),
        optional("SSL_CERT_FILE").map(Path::of).orElse(null),
        truth("ECS_EXTERNAL", false),
        text("LONGSHORE_AVAILABILITY_ZONE", ""),
        texts("ECS_INSTANCE_ATTRIBUTES"),
        texts("ECS_CONTAINER_INSTANCE_TAGS"),
        number("LONGSHORE_CPU", 0),
        number("LONGSHORE_MEMORY", 0),
        number("ECS_RESERVED_MEMORY", 0),
        numbers("ECS_RESERVED_PORTS", List.of(22, 2375, 2376, 51678, 51679)),
        numbers("ECS_RESERVED_PORTS_UDP", List.of()),
        text("LONGSHORE_BIND_ADDRESS", ""),
        range.getFirst(),
        range.getLast(),
        drivers(),
        truth("ECS_DISABLE_PRIVILEGED", false),
        truth("ECS_ENABLE_TASK_IAM_ROLE", true),
        truth("ECS_DISABLE_METRICS", false),
        text("ECS_IMAGE_PULL_BEHAVIOR", "default"),
        registries(),
        duration("ECS_IMAGE_PULL_TIMEOUT", Duration.ofHours(2), LEAST_START),
        duration("ECS_IMAGE_PULL_INACTIVITY_TIMEOUT", Duration.ofMinutes(1), SECOND),
        duration("ECS_CONTAINER_CREATE_TIMEOUT", Duration.ofMinutes(4), LEAST_CREATE),
        duration("ECS_CONTAINER_START_TIMEOUT", Duration.ofMinutes(3), LEAST_START),
        duration("ECS_CONTAINER_STOP_TIMEOUT", Duration.ofSeconds(30), SECOND),
        duration("ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION", Duration.ofHours(3), SECOND),
        text("LONGSHORE_TASK_ENDPOINT", "http://169.254.170.2"),
        endpoints());
  }

  /** As AWS's SDKs, and so Amazon's agent, name them. */
  private Map<String, URI> endpoints() {
    Map<String, URI> endpoints = new LinkedHashMap<>();
    Map.of(
            "ssm", "AWS_ENDPOINT_URL_SSM",
            "secretsmanager", "AWS_ENDPOINT_URL_SECRETS_MANAGER",
            "s3", "AWS_ENDPOINT_URL_S3")
        .forEach((service, variable) -> {
          if (optional(variable).isPresent()) {
            endpoints.put(service, parsed(variable, endpoint(), URI::create));
          }
        });
    return endpoints;
  }

  private Optional<String> optional(String name) {
    String value = variables.get(name);
    return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private String text(String name, String absent) {
    return optional(name).orElse(absent);
  }

  private <T> T parsed(String name, T absent, Function<String, T> parse) {
    try {
      return optional(name).map(parse).orElse(absent);
    } catch (IllegalArgumentException | JsonSyntaxException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  private boolean truth(String name, boolean absent) {
    return parsed(name, absent, GoText::truth);
  }

  private int number(String name, int absent) {
    return parsed(name, absent, Integer::valueOf);
  }

  private Duration duration(String name, Duration absent, Duration least) {
    Duration value = parsed(name, absent, GoText::duration);
    return value.compareTo(least) < 0 ? absent : value;
  }

  private List<Integer> numbers(String name, List<Integer> absent) {
    return parsed(
        name,
        absent,
        text -> items(text).stream().map(item -> Math.toIntExact(item.number())).toList());
  }

  private static List<Json> items(String text) {
    if (Json.parse(text) instanceof Json.Items items) {
      return items.elements();
    }
    throw new IllegalArgumentException("not a JSON array");
  }

  private Map<String, String> texts(String name) {
    return parsed(
        name,
        Map.of(),
        text -> {
          if (Json.parse(text) instanceof Json.Fields fields) {
            return fields.textMembers();
          }
          throw new IllegalArgumentException("not a JSON object");
        });
  }

  private URI endpoint() {
    String host =
        text(
            "ECS_BACKEND_HOST",
            "https://ecs." + text("AWS_DEFAULT_REGION", "us-east-1") + ".amazonaws.com");
    return URI.create(host.contains("://") ? host : "https://" + host);
  }

  private @Nullable Credentials credentials() {
    String key = text("AWS_ACCESS_KEY_ID", "");
    String secret = text("AWS_SECRET_ACCESS_KEY", "");
    return key.isEmpty() || secret.isEmpty()
        ? null
        : new Credentials(key, secret, optional("AWS_SESSION_TOKEN").orElse(null), null);
  }

  private List<String> drivers() {
    List<String> drivers =
        parsed(
            "ECS_AVAILABLE_LOGGING_DRIVERS",
            List.of("json-file", "none"),
            text -> items(text).stream().map(Json::text).toList());
    for (String driver : drivers) {
      if (!DRIVERS.contains(driver)) {
        throw new IllegalArgumentException(
            "ECS_AVAILABLE_LOGGING_DRIVERS: unknown logging driver " + driver);
      }
    }
    return drivers;
  }

  private List<Integer> dynamicPorts() {
    return parsed(
        "ECS_DYNAMIC_HOST_PORT_RANGE",
        List.of(49_153, 65_535),
        text -> {
          String[] ends = text.split("-", 2);
          if (ends.length != 2) {
            throw new IllegalArgumentException("not a port range: " + text);
          }
          return List.of(Integer.valueOf(ends[0].strip()), Integer.valueOf(ends[1].strip()));
        });
  }

  private Map<String, RegistryCredentials> registries() {
    String type = text("ECS_ENGINE_AUTH_TYPE", "");
    if (type.isEmpty()) {
      return Map.of();
    }
    return parsed(
        "ECS_ENGINE_AUTH_DATA",
        Map.of(),
        text -> {
          Map<String, RegistryCredentials> registries = new LinkedHashMap<>();
          Json.parse(text)
              .members()
              .forEach((server, auth) -> registries.put(host(server), registry(server, auth)));
          return registries;
        });
  }

  private static RegistryCredentials registry(String server, Json auth) {
    String user = auth.at("username").text();
    String password = auth.at("password").text();
    if (!auth.at("auth").isNull()) {
      String both =
          new String(Base64.getDecoder().decode(auth.at("auth").text()), StandardCharsets.UTF_8);
      int colon = both.indexOf(':');
      user = both.substring(0, Math.max(colon, 0));
      password = both.substring(colon + 1);
    }
    return new RegistryCredentials(user, password, server);
  }

  /** {@code https://index.docker.io/v1/} as {@code index.docker.io}. */
  private static String host(String server) {
    String rest = server.substring(server.indexOf("://") < 0 ? 0 : server.indexOf("://") + 3);
    List<String> parts = new ArrayList<>(List.of(rest.split("/", 2)));
    return parts.getFirst();
  }
}
