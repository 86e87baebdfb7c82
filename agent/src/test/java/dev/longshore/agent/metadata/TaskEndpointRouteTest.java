package dev.longshore.agent.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskEndpointRouteTest {
  @TempDir private Path directory;
  private Path setting;
  private final FakeFilter filter = new FakeFilter();

  /** Chains of rules as the real command keeps and prints them. */
  private static final class FakeFilter implements Iptables {
    private final Map<String, List<String>> chains = new TreeMap<>();
    private String failing = "nothing";

    @Override
    public String run(List<String> arguments) throws IOException {
      var chain = arguments.get(1) + " " + arguments.get(3);
      var rules = chains.computeIfAbsent(chain, none -> new ArrayList<>());
      var rule = String.join(" ", arguments.subList(4, arguments.size()));
      if (rule.contains(failing)) {
        throw new IOException("iptables: no " + failing);
      }
      switch (arguments.get(2)) {
        case "-A" -> rules.add(rule);
        case "-I" -> rules.addFirst(rule);
        case "-D" -> {
          if (!rules.remove(rule)) {
            throw new IOException("iptables: Bad rule");
          }
        }
        case "-S" -> {
          var printed = new StringBuilder("-P " + arguments.get(3) + " ACCEPT\n");
          rules.forEach(r -> printed.append("-A " + arguments.get(3) + " " + r + "\n"));
          return printed.toString();
        }
        default -> throw new IOException("iptables: unknown " + arguments);
      }
      return "";
    }

    List<String> rules(String chain) {
      return chains.getOrDefault(chain, List.of());
    }
  }

  @BeforeEach
  void begin() throws IOException {
    setting = Files.writeString(directory.resolve("route_localnet"), "0\n");
    filter.run(List.of("-t", "nat", "-A", "PREROUTING", "-j", "DOCKER"));
    filter.run(
        List.of("-t", "filter", "-A", "INPUT", "-m", "comment", "--comment", "x", "-j", "a"));
  }

  private void assertUntouched() throws IOException {
    assertThat(filter.rules("nat PREROUTING")).containsExactly("-j DOCKER");
    assertThat(filter.rules("nat OUTPUT")).isEmpty();
    assertThat(filter.rules("filter INPUT")).containsExactly("-m comment --comment x -j a");
    assertThat(Files.readString(setting)).isEqualToIgnoringNewLines("0");
  }

  @Test
  void a_route_is_set_up_and_removed_without_a_trace() throws IOException {
    var route = TaskEndpointRoute.open(filter, setting, 5000).orElseThrow();
    var mark = "-m comment --comment longshore-task-endpoint-5000-was-0 ";
    assertThat(route.baseUrl()).isEqualTo("http://169.254.170.2");
    assertThat(filter.rules("nat PREROUTING"))
        .containsExactly(
            "-j DOCKER",
            "-d 169.254.170.2/32 -p tcp --dport 5000 "
                + mark
                + "-j DNAT --to-destination 127.0.0.1:5000",
            "-d 169.254.170.2/32 -p tcp --dport 80 "
                + mark
                + "-j DNAT --to-destination 127.0.0.1:5000");
    assertThat(filter.rules("nat OUTPUT"))
        .containsExactly(
            "-d 169.254.170.2/32 -p tcp --dport 5000 " + mark + "-j REDIRECT --to-ports 5000",
            "-d 169.254.170.2/32 -p tcp --dport 80 " + mark + "-j REDIRECT --to-ports 5000");
    assertThat(filter.rules("filter INPUT"))
        .first()
        .isEqualTo(
            "! -s 127.0.0.0/8 -d 127.0.0.0/8 -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT "
                + mark
                + "-j DROP");
    assertThat(Files.readString(setting)).isEqualTo("1");
    route.close();
    assertUntouched();
  }

  @Test
  void what_a_crash_left_behind_is_replaced_and_the_setting_restored() throws IOException {
    assertThat(TaskEndpointRoute.open(filter, setting, 5000)).isPresent();
    var again = TaskEndpointRoute.open(filter, setting, 5000).orElseThrow();
    assertThat(filter.rules("nat OUTPUT")).hasSize(2);
    assertThat(filter.rules("filter INPUT")).hasSize(2);
    again.close();
    assertUntouched();
  }

  @Test
  void a_setting_that_was_on_stays_on() throws IOException {
    Files.writeString(setting, "1\n");
    TaskEndpointRoute.open(filter, setting, 5000).orElseThrow().close();
    assertThat(Files.readString(setting)).isEqualTo("1");
  }

  @Test
  void another_process_that_lives_keeps_port_80_and_the_second_has_its_own() throws IOException {
    try (var other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      var first = TaskEndpointRoute.open(filter, setting, port).orElseThrow();
      var second = TaskEndpointRoute.open(filter, setting, 5000).orElseThrow();
      assertThat(first.baseUrl()).isEqualTo("http://169.254.170.2");
      assertThat(second.baseUrl()).isEqualTo("http://169.254.170.2:5000");
      assertThat(entries()).containsExactly(port + "=" + port, "80=" + port, "5000=5000");
      first.close();
      assertThat(Files.readString(setting)).isEqualTo("1");
      assertThat(entries()).containsExactly("5000=5000");
      second.close();
    }
    assertUntouched();
  }

  @Test
  void a_process_that_died_leaves_port_80_to_the_next() throws IOException {
    int dead;
    try (var other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      dead = other.getLocalPort();
      assertThat(TaskEndpointRoute.open(filter, setting, dead)).isPresent();
    }
    var next = TaskEndpointRoute.open(filter, setting, 5000).orElseThrow();
    assertThat(entries()).containsExactly("5000=5000", "80=5000");
    next.close();
    assertUntouched();
  }

  /** The ports of the address and where they lead. */
  private List<String> entries() {
    return filter.rules("nat OUTPUT").stream()
        .map(rule -> rule.replaceAll(".*--dport (\\d+) .*--to-ports (\\d+)$", "$1=$2"))
        .toList();
  }

  @Test
  void a_rule_that_cannot_be_added_takes_the_others_along() throws IOException {
    filter.failing = "REDIRECT";
    assertThat(TaskEndpointRoute.open(filter, setting, 5000)).isEmpty();
    assertUntouched();
  }
}
