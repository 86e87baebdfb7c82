package dev.longshore.server.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.server.ControlPlane;
import dev.longshore.server.fleet.AgentSocket.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays the official agent, by the letter: the same calls with the same headers, the same upgrades
 * with the same parameters in the same order, every frame of telemetry signed.
 */
final class ScriptedAgent {
  static final String USER_AGENT =
      "Amazon ECS Agent - v1.101.2 (*13d0cb7d) (linux; LINUX) (+http://aws.amazon.com/ecs/)";

  private final URI server;
  private final AgentSignature keys;

  ScriptedAgent(URI server, AgentSignature keys) {
    this.server = server;
    this.keys = keys;
  }

  /** An agent that holds the root key pair. */
  static ScriptedAgent of(ControlPlane controlPlane) {
    var root = controlPlane.rootKeys();
    return new ScriptedAgent(
        controlPlane.endpoint(),
        new AgentSignature(root.accessKeyId(), root.secretAccessKey(), null));
  }

  /** The same caller with other keys. */
  ScriptedAgent with(AgentSignature other) {
    return new ScriptedAgent(server, other);
  }

  String authority() {
    return server.getAuthority();
  }

  /** The first group of the pattern in the text. */
  static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("No " + pattern + " in " + text);
    }
    return matcher.group(1);
  }

  /** The string value of a member of that name, the first in the text. */
  static String value(String member, String text) {
    return found("\"" + member + "\":\"([^\"]*)\"", text);
  }

  /** The text with what differs from run to run masked. */
  static String masked(String text) {
    return text.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
        .replaceAll("[0-9a-f]{32}", "ID")
        .replaceAll("\\b[0-9]{13}\\b", "MILLIS");
  }

  /** Calls the API; single quotes of the body stand for double ones. */
  Answer call(String operation, String body) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("amz-sdk-invocation-id", UUID.randomUUID().toString());
    headers.put(
        "amz-sdk-request", "attempt=1; max=" + (operation.startsWith("Submit") ? "298" : "3"));
    headers.put("content-type", "application/x-amz-json-1.1");
    headers.put("x-amz-target", "AmazonEC2ContainerServiceV20141113." + operation);
    return post(headers, body.replace('\'', '"'), "ecs");
  }

  /** Calls an API that is spoken to in forms. */
  Answer form(String service, String body) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/x-www-form-urlencoded; charset=utf-8");
    return post(headers, body, service);
  }

  private Answer post(Map<String, String> headers, String body, String service) throws IOException {
    headers.put("content-length", Integer.toString(body.getBytes(UTF_8).length));
    headers.put("host", authority());
    sign(headers);
    String authorization =
        keys.authorization("POST", new LinkedHashMap<>(), headers, body, service);
    StringBuilder request = new StringBuilder("POST / HTTP/1.1\r\n");
    headers.forEach(
        (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    request
        .append("User-Agent: ")
        .append(USER_AGENT)
        .append("\r\nAccept-Encoding: gzip\r\nAuthorization: ")
        .append(authorization)
        .append("\r\n\r\n")
        .append(body);
    try (AgentSocket socket = new AgentSocket(server)) {
      socket.write(request.toString().getBytes(UTF_8));
      return socket.answer();
    }
  }

  private void sign(Map<String, String> headers) {
    headers.put("x-amz-date", AgentSignature.time(Instant.now()));
    if (keys.token() != null) {
      headers.put("x-amz-security-token", keys.token());
    }
  }

  /** The body of an answer that must be a success. */
  String ok(String operation, String body) throws IOException {
    Answer answer = call(operation, body);
    if (answer.status() != 200) {
      throw new AssertionError(operation + ": " + answer);
    }
    return answer.body();
  }

  /** Registers a machine of 2048 CPU units and 4096 MiB in that cluster; answers its ARN. */
  String register(String cluster) throws IOException {
    return value(
        "containerInstanceArn",
        ok("RegisterContainerInstance", Registrations.request(cluster, "")));
  }

  /** The parameters of ACS in the order of the official agent. */
  static SequencedMap<String, String> acsQuery(String cluster, String arn, boolean credentials) {
    SequencedMap<String, String> query = new LinkedHashMap<>();
    query.put("agentHash", "13d0cb7d");
    query.put("agentVersion", "1.101.2");
    query.put("clusterArn", cluster);
    query.put("containerInstanceArn", arn);
    query.put("dockerVersion", "DockerVersion: 20.10.24+dfsg1");
    query.put("protocolVersion", "2");
    query.put("sendCredentials", Boolean.toString(credentials));
    query.put("seqNum", "1");
    return query;
  }

  /** Those of TCS, which are named otherwise. */
  static SequencedMap<String, String> tcsQuery(String cluster, String arn) {
    SequencedMap<String, String> query = new LinkedHashMap<>();
    query.put("agentHash", "13d0cb7d");
    query.put("agentVersion", "1.101.2");
    query.put("cluster", cluster);
    query.put("containerInstance", arn);
    query.put("dockerVersion", "20.10.24+dfsg1");
    return query;
  }

  /** Opens ACS as an agent does that was just started. */
  AgentSocket acs(String cluster, String arn) throws IOException {
    return opened(acsQuery(cluster, arn, true));
  }

  /** Opens ACS as an agent does that comes back. */
  AgentSocket acsAgain(String cluster, String arn) throws IOException {
    return opened(acsQuery(cluster, arn, false));
  }

  AgentSocket tcs(String cluster, String arn) throws IOException {
    return opened(tcsQuery(cluster, arn));
  }

  /** The session that this upgrade opens. */
  AgentSocket opened(SequencedMap<String, String> query) throws IOException {
    AgentSocket socket = new AgentSocket(server);
    Answer answer = upgrade(socket, query, true);
    if (answer.status() != 101) {
      throw new AssertionError("The upgrade was refused: " + answer);
    }
    return socket;
  }

  /** What the server says to this upgrade. */
  Answer upgrade(SequencedMap<String, String> query) throws IOException {
    try (AgentSocket socket = new AgentSocket(server)) {
      return upgrade(socket, query, true);
    }
  }

  /** What the server says to this upgrade without a signature. */
  Answer upgradeUnsigned(SequencedMap<String, String> query) throws IOException {
    try (AgentSocket socket = new AgentSocket(server)) {
      return upgrade(socket, query, false);
    }
  }

  private Answer upgrade(AgentSocket socket, SequencedMap<String, String> query, boolean signed)
      throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", authority());
    sign(headers);
    String authorization = keys.authorization("GET", query, headers, "", "ecs");
    StringBuilder request =
        new StringBuilder("GET ")
            .append(target(query))
            .append(" HTTP/1.1\r\nHost: ")
            .append(authority())
            .append("\r\nUser-Agent: Go-http-client/1.1\r\n");
    if (signed) {
      request.append("Authorization: ").append(authorization).append("\r\n");
    }
    request.append("X-Amz-Date: ").append(headers.get("x-amz-date")).append("\r\n");
    if (keys.token() != null) {
      request.append("X-Amz-Security-Token: ").append(keys.token()).append("\r\n");
    }
    for (String line :
        List.of(
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "")) {
      request.append(line).append("\r\n");
    }
    socket.write(request.toString().getBytes(UTF_8));
    return socket.answer();
  }

  private static String target(SequencedMap<String, String> query) {
    StringBuilder target =
        new StringBuilder(query.containsKey("clusterArn") ? "/acs/ws" : "/tcs/ws");
    query.forEach((name, value) ->
        target
            .append(target.indexOf("?") < 0 ? "?" : "&")
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, UTF_8)));
    return target.toString();
  }

  /** One frame of telemetry: the signed header block, an empty line, the envelope. */
  String telemetry(SequencedMap<String, String> query, String envelope) {
    String json = envelope.replace('\'', '"');
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", authority());
    sign(headers);
    return "Authorization: "
        + keys.authorization("GET", query, headers, json, "ecs")
        + "\r\nHost: "
        + authority()
        + "\r\nX-Amz-Date: "
        + headers.get("x-amz-date")
        + "\r\n\r\n"
        + json;
  }
}
