package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Definitions.app;
import static dev.longshore.core.taskdefinition.Definitions.container;
import static dev.longshore.core.taskdefinition.Definitions.web;

import dev.longshore.core.Harbour;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.PortMapping;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortRulesTest {
  private final Definitions definitions = new Definitions(new Harbour());

  @Test
  void ports_are_from_1_to_65535() {
    for (Integer port : new Integer[] {null, 0, -1, 65_536}) {
      definitions
          .refused(web(ports(PortMapping.builder().containerPort(port))))
          .withMessage("Invalid 'containerPort' setting for container 'app'.");
    }
    for (int port : new int[] {-1, 65_536}) {
      definitions
          .refused(web(ports(PortMapping.builder().containerPort(80).hostPort(port))))
          .withMessage("Invalid 'hostPort' setting for container 'app'.");
    }
    definitions.register(web(ports(PortMapping.builder().containerPort(65_535).hostPort(1))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"awsvpc", "host"})
  void without_a_bridge_host_and_container_ports_match(String networkMode) {
    definitions
        .refused(
            web(ports(PortMapping.builder().containerPort(80).hostPort(8080)))
                .networkMode(networkMode))
        .withMessage(
            "When networkMode="
                + networkMode
                + ", the host ports and container ports in port mappings must match.");
  }

  @Test
  void without_a_network_there_are_no_ports() {
    definitions.refused(web(ports(PortMapping.builder().containerPort(80))).networkMode("none"));
    definitions.register(web(app()).networkMode("none"));
  }

  @Test
  void a_container_port_has_one_protocol() {
    definitions.refused(
        web(
            ports(
                PortMapping.builder().containerPort(53).protocol("tcp"),
                PortMapping.builder().containerPort(53).protocol("udp"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"90-80", "80-80", "0-80", "80-65536", "80", "a-b", ""})
  void a_range_of_ports_goes_up(String range) {
    definitions
        .refused(web(ports(PortMapping.builder().containerPortRange(range))))
        .withMessageStartingWith("Invalid 'containerPortRange' setting for container 'app'.");
  }

  @Test
  void a_range_stands_alone_and_not_on_the_hosts_network() {
    definitions
        .refused(web(ports(PortMapping.builder().containerPort(80).containerPortRange("80-90"))))
        .withMessage("cannot specify both single port and port range");
    definitions.refused(web(ports(PortMapping.builder().hostPort(80).containerPortRange("80-90"))));
    definitions.refused(
        web(ports(PortMapping.builder().containerPortRange("80-90"))).networkMode("host"));
    definitions.register(
        web(ports(PortMapping.builder().containerPortRange("80-90"))).networkMode("awsvpc"));
  }

  @Test
  void ranges_do_not_overlap() {
    definitions
        .refused(
            web(
                ports(
                    PortMapping.builder().containerPortRange("80-90"),
                    PortMapping.builder().containerPort(90))))
        .withMessage("container port is used multiple times in task");
    definitions.register(
        web(
            ports(
                PortMapping.builder().containerPortRange("80-90"),
                PortMapping.builder().containerPort(91))));
  }

  @Test
  void containers_that_share_a_network_share_its_ports() {
    var one = ports(PortMapping.builder().containerPort(80));
    var other =
        container("b").portMappings(List.of(PortMapping.builder().containerPort(80).build()));
    definitions
        .refused(web(one, other).networkMode("awsvpc"))
        .withMessage("container port is used multiple times in task");
    definitions.register(web(one, other));
  }

  @Test
  void a_port_is_named_once_in_a_task() {
    definitions
        .refused(
            web(
                ports(PortMapping.builder().containerPort(80).name("http")),
                container("b")
                    .portMappings(
                        List.of(PortMapping.builder().containerPort(81).name("http").build()))))
        .withMessage("port mapping name is already used");
  }

  @Test
  void the_name_of_a_port_has_its_form_and_a_protocol_of_applications_needs_it() {
    for (String name : List.of("-http", "HTTP", "a".repeat(65), "")) {
      definitions.refused(web(ports(PortMapping.builder().containerPort(80).name(name))));
    }
    definitions.refused(web(ports(PortMapping.builder().containerPort(80).appProtocol("http2"))));
    definitions.register(
        web(ports(PortMapping.builder().containerPort(80).name("h_2-a").appProtocol("http2"))));
  }

  private static ContainerDefinition.Builder ports(PortMapping.Builder... mappings) {
    return app().portMappings(List.of(mappings).stream().map(PortMapping.Builder::build).toList());
  }
}
