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
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads 169.254.170.2 to the task endpoint's port on the loopback address: for bridge containers
 * and those of the host's network alike. Needs root and iptables.
 *
 * <p>Port 80 of that address, where containers look unless they are told otherwise, is the first
 * process's of a machine. Every process also has the port of its own number there, which nobody
 * else wants, and which containers of the second process are told; SDKs take plain HTTP from that
 * address whatever the port.
 *
 * <p>Each rule carries a comment that names its port and what the kernel's setting {@code
 * route_localnet} was before; so that even after a crash the next process finds the rules, removes
 * exactly them, and knows what to restore.
 */
public final class TaskEndpointRoute implements AutoCloseable {
  /** Where containers look for the task endpoint unless they are told otherwise. */
  private static final String BASE_URL = "http://169.254.170.2";

  private static final int STANDARD = 80;

  private static final Logger LOG = LoggerFactory.getLogger(TaskEndpointRoute.class);
  private static final String ADDRESS = "169.254.170.2/32";
  private static final Path ROUTE_LOCALNET = Path.of("/proc/sys/net/ipv4/conf/all/route_localnet");
  private static final Pattern MARK =
      Pattern.compile("--comment \"?(longshore-task-endpoint-(\\d+)-was-(\\d))\"?(?: |$)");
  private static final Pattern ENTRY = Pattern.compile("--dport (\\d+) ");
  private static final int PROBE_MILLIS = 500;

  private final Iptables iptables;
  private final Path setting;
  private final int port;
  private final String before;
  private boolean standard;

  private TaskEndpointRoute(Iptables iptables, Path setting, int port, String before) {
    this.iptables = iptables;
    this.setting = setting;
    this.port = port;
    this.before = before;
  }

  /** Where containers reach the task endpoint through the route. */
  public String baseUrl() {
    return standard ? BASE_URL : BASE_URL + ':' + port;
  }

  /** A rule of ours, found in a chain. */
  private record Rule(String table, String chain, String line, int port, String before) {
    boolean isStandard() {
      var entry = ENTRY.matcher(line);
      return entry.find() && Integer.parseInt(entry.group(1)) == STANDARD;
    }

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
   * Sets up the route to a port on 127.0.0.1, in place of those that processes left behind. Empty,
   * with a line in the log, where it cannot be had: without root or iptables.
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
      var served = new TreeMap<Integer, Boolean>();
      for (var rule : rules(iptables)) {
        before = rule.before;
        if (rule.port == port || !served.computeIfAbsent(rule.port, other -> isServed(other))) {
          iptables.run(rule.deletion());
        }
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
    try {
      // From outside, loopback addresses may be reached through the endpoint's address only:
      // the kernel would now also route packets that name them outright.
      run(
          List.of("-t", "filter", "-I", "INPUT", "!", "-s", "127.0.0.0/8", "-d", "127.0.0.0/8"),
          List.of("-m", "conntrack", "!", "--ctstate", "RELATED,ESTABLISHED,DNAT"),
          List.of("-j", "DROP"));
      Files.writeString(setting, "1");
      enter(port);
      // Who begins at the same moment does the same; the rule that stands first is the one.
      enter(STANDARD);
      standard = holdsStandard();
      if (!standard) {
        LOG.info("another process has {}:80; containers are told {}", BASE_URL, baseUrl());
        remove(Rule::isStandard);
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Leads one port of the address to this process. */
  private void enter(int entry) throws IOException {
    var to = List.of("-d", ADDRESS, "-p", "tcp", "--dport", Integer.toString(entry));
    run(
        List.of("-t", "nat", "-A", "PREROUTING"),
        to,
        List.of("-j", "DNAT", "--to-destination", "127.0.0.1:" + port));
    run(
        List.of("-t", "nat", "-A", "OUTPUT"),
        to,
        List.of("-j", "REDIRECT", "--to-ports", Integer.toString(port)));
  }

  private boolean holdsStandard() throws IOException {
    return rules(iptables).stream()
        .filter(Rule::isStandard)
        .findFirst()
        .filter(first -> first.port == port)
        .isPresent();
  }

  private void remove(Predicate<Rule> which) throws IOException {
    for (var rule : rules(iptables)) {
      if (rule.port == port && which.test(rule)) {
        iptables.run(rule.deletion());
      }
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

  /** Removes the rules; the last process gives {@code route_localnet} back what it was. */
  @Override
  public void close() {
    try {
      remove(any -> true);
      if (rules(iptables).isEmpty()) {
        Files.writeString(setting, before);
      }
    } catch (IOException e) {
      LOG.warn("the route to the task endpoint could not be removed: {}", e.getMessage());
    }
  }
}
