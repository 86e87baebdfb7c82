package dev.longshore.gateway;

import dev.longshore.gateway.http.HttpSettings;
import dev.longshore.gateway.route.Action;
import dev.longshore.gateway.route.Certificate;
import dev.longshore.gateway.route.HealthCheck;
import dev.longshore.gateway.route.Listener;
import dev.longshore.gateway.route.LoadBalancer;
import dev.longshore.gateway.route.Protocol;
import dev.longshore.gateway.route.Routes;
import dev.longshore.gateway.route.Rule;
import dev.longshore.gateway.route.SecurityPolicy;
import dev.longshore.gateway.route.Target;
import dev.longshore.gateway.route.TargetGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A gateway of one listener over loopback, and what routes it is told. */
final class Scene implements AutoCloseable {
  static final String LISTENER = "arn:listener";

  private final Gateway gateway;
  private final Map<String, TargetGroup> groups = new LinkedHashMap<>();
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final Map<String, String> listenerAttributes = new LinkedHashMap<>();
  private final List<Rule> rules = new ArrayList<>();
  private SecurityPolicy security = SecurityPolicy.usual();
  private Action otherwise = new Action.FixedResponse(404, "", "");
  private Protocol protocol = Protocol.HTTP;
  private List<Certificate> certificates = List.of();
  private int version;

  Scene() {
    this(
        GatewaySettings.usual()
            .withHttp(new HttpSettings(1_000, Duration.ofSeconds(2), Duration.ofSeconds(4))),
        GatewayListener.none());
  }

  Scene(GatewaySettings settings, GatewayListener listener) {
    gateway = Gateway.start(settings, listener);
  }

  Gateway gateway() {
    return gateway;
  }

  /** A group whose targets count as healthy unasked. */
  Scene group(String name, int... ports) {
    List<Target> targets = new ArrayList<>();
    for (int port : ports) {
      targets.add(Target.of("127.0.0.1", port));
    }
    return group(
        TargetGroup.http(name, "targetgroup/" + name + "/1", targets)
            .withHealthCheck(HealthCheck.none()));
  }

  Scene group(TargetGroup group) {
    groups.put(group.arn(), group);
    return this;
  }

  TargetGroup known(String name) {
    TargetGroup group = groups.get(name);
    if (group == null) {
      throw new IllegalArgumentException(name);
    }
    return group;
  }

  /** All else goes to this group. */
  Scene to(String group) {
    return otherwise(Action.Forward.to(group));
  }

  Scene otherwise(Action action) {
    otherwise = action;
    return this;
  }

  Scene rule(Rule rule) {
    rules.add(rule);
    return this;
  }

  Scene attribute(String key, String value) {
    attributes.put(key, value);
    return this;
  }

  Scene listenerAttribute(String key, String value) {
    listenerAttributes.put(key, value);
    return this;
  }

  Scene security(List<String> protocols, String... ciphers) {
    security = new SecurityPolicy(protocols, List.of(ciphers));
    return this;
  }

  Scene secure(Protocol secure, Certificate... all) {
    protocol = secure;
    certificates = List.of(all);
    return this;
  }

  Scene protocol(Protocol other) {
    protocol = other;
    return this;
  }

  /** Has the gateway follow what was said so far. */
  Scene apply() {
    List<String> faults = gateway.apply(routes());
    if (!faults.isEmpty()) {
      throw new IllegalStateException(faults.toString());
    }
    return this;
  }

  Routes routes() {
    Listener listener =
        new Listener(
            LISTENER,
            protocol,
            "127.0.0.1",
            0,
            listenerAttributes,
            security,
            certificates,
            rules,
            otherwise);
    LoadBalancer balancer = new LoadBalancer("app/test/1", "", attributes, List.of(listener));
    return new Routes(++version, List.of(balancer), List.copyOf(groups.values()));
  }

  InetSocketAddress address() {
    return gateway.address(LISTENER).orElseThrow();
  }

  Wire connect() throws IOException {
    return new Wire(address());
  }

  /** One request on a connection of its own. */
  Wire.Answer ask(String request) throws IOException {
    try (Wire wire = connect()) {
      return wire.send(request).answer();
    }
  }

  Wire.Answer get(String path) throws IOException {
    return ask(Wire.get(path));
  }

  @Override
  public void close() {
    gateway.close();
  }
}
