package dev.longshore.agent.metadata;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads 169.254.170.2:80, where containers look for the task endpoint, to its port on the loopback
 * address: for bridge containers and those of the host's network alike. Needs root and iptables.
 *
 * <p>Each rule carries a comment that names its port and what the kernel's setting {@code
 * route_localnet} was before; so that even after a crash the next process finds the rules, removes
 * exactly them, and knows what to restore.
 */
public final class TaskEndpointRoute implements AutoCloseable {
  /** Where containers reach the task endpoint through the route. */
  public static final String BASE_URL = "http://169.254.170.2";

  private static final Logger LOG = LoggerFactory.getLogger(TaskEndpointRoute.class);
  private static final String ADDRESS = "169.254.170.2/32";
  private static final Path ROUTE_LOCALNET = Path.of("/proc/sys/net/ipv4/conf/all/route_localnet");
  private static final Pattern MARK =
      Pattern.compile("--comment \"?(longshore-task-endpoint-(\\d+)-was-(\\d))\"?(?: |$)");
  private static final int PROBE_MILLIS = 500;

  private final Iptables iptables;
  private final Path setting;
  private final int port;
  private final String before;

  private TaskEndpointRoute(Iptables iptables, Path setting, int port, String before) {
    this.iptables = iptables;
    this.setting = setting;
    this.port = port;
    this.before = before;
  }

  /** A rule of ours, found in a chain. */
  private record Rule(String table, String chain, String line, int port, String before) {
    List<String> deletion() {
      var arguments = new ArrayList<>(List.of("-t", table));
      // "-S" prints rules as commands that would add them.
      for (var word : line.split(" ")) {
        arguments.add(word.replace("\"", ""));
      }
      arguments.set(2, "-D");
      return arguments;
    }
  }

  /**
   * Sets up the route to a port on 127.0.0.1, in place of one that a process left behind. Empty,
   * with a line in the log, where it cannot be had: without root or iptables, or while another
   * process serves the address.
   */
  public static Optional<TaskEndpointRoute> open(int port) {
    var iptables = Iptables.installed();
    if (iptables.isEmpty() || !Files.isWritable(ROUTE_LOCALNET)) {
      LOG.info("no route to the task endpoint: that needs root and iptables");
      return Optional.empty();
    }
    return open(iptables.get(), ROUTE_LOCALNET, port);
  }

  static Optional<TaskEndpointRoute> open(Iptables iptables, Path setting, int port) {
    try {
      var before = Files.readString(setting).strip();
      for (var rule : rules(iptables)) {
        if (rule.port != port && isServed(rule.port)) {
          LOG.warn("another process serves the task endpoint's address, on port {}", rule.port);
          return Optional.empty();
        }
        before = rule.before;
        iptables.run(rule.deletion());
      }
      var route = new TaskEndpointRoute(iptables, setting, port, before);
      route.add();
      return Optional.of(route);
    } catch (IOException e) {
      LOG.warn("no route to the task endpoint: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean isServed(int port) {
    try (var socket = new Socket()) {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      socket.connect(address, PROBE_MILLIS);
      return true;
    } catch (IOException nobodyThere) {
      return false;
    }
  }

  private static List<Rule> rules(Iptables iptables) throws IOException {
    var rules = new ArrayList<Rule>();
    addRules(rules, iptables, "nat", "PREROUTING");
    addRules(rules, iptables, "nat", "OUTPUT");
    addRules(rules, iptables, "filter", "INPUT");
    return rules;
  }

  private static void addRules(List<Rule> rules, Iptables iptables, String table, String chain)
      throws IOException {
    for (var line : iptables.run(List.of("-t", table, "-S", chain)).split("\n")) {
      var mark = MARK.matcher(line);
      if (line.startsWith("-A ") && mark.find()) {
        rules.add(new Rule(table, chain, line, Integer.parseInt(mark.group(2)), mark.group(3)));
      }
    }
  }

  private void add() throws IOException {
    var to = List.of("-d", ADDRESS, "-p", "tcp", "--dport", "80");
    try {
      // From outside, loopback addresses may be reached through the endpoint's address only:
      // the kernel would now also route packets that name them outright.
      run(
          List.of("-t", "filter", "-I", "INPUT", "!", "-s", "127.0.0.0/8", "-d", "127.0.0.0/8"),
          List.of("-m", "conntrack", "!", "--ctstate", "RELATED,ESTABLISHED,DNAT"),
          List.of("-j", "DROP"));
      Files.writeString(setting, "1");
      run(
          List.of("-t", "nat", "-A", "PREROUTING"),
          to,
          List.of("-j", "DNAT", "--to-destination", "127.0.0.1:" + port));
      run(
          List.of("-t", "nat", "-A", "OUTPUT"),
          to,
          List.of("-j", "REDIRECT", "--to-ports", Integer.toString(port)));
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void run(List<String> chain, List<String> match, List<String> target) throws IOException {
    var arguments = new ArrayList<>(chain);
    arguments.addAll(match);
    arguments.addAll(List.of("-m", "comment", "--comment", mark()));
    arguments.addAll(target);
    iptables.run(arguments);
  }

  private String mark() {
    return "longshore-task-endpoint-" + port + "-was-" + before;
  }

  /** Removes the rules, and gives {@code route_localnet} back what it was. */
  @Override
  public void close() {
    try {
      for (var rule : rules(iptables)) {
        if (rule.port == port) {
          iptables.run(rule.deletion());
        }
      }
      Files.writeString(setting, before);
    } catch (IOException e) {
      LOG.warn("the route to the task endpoint could not be removed: {}", e.getMessage());
    }
  }
}
