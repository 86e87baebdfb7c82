package dev.longshore.core.instance;

import static dev.longshore.core.Yard.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Harbour;
import dev.longshore.core.Yard;
import dev.longshore.core.cluster.DeleteCluster;
import dev.longshore.core.cluster.DescribeClusters;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.ClusterNotFoundException;
import dev.longshore.shapes.ecs.ContainerInstance;
import dev.longshore.shapes.ecs.DeleteClusterRequest;
import dev.longshore.shapes.ecs.DeregisterContainerInstanceRequest;
import dev.longshore.shapes.ecs.DescribeClustersRequest;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.PutAttributesRequest;
import dev.longshore.shapes.ecs.RegisterContainerInstanceRequest;
import dev.longshore.shapes.ecs.Resource;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.VersionInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegisterContainerInstanceTest {
  private final Yard yard = new Yard();

  @Test
  void a_new_instance_is_active_and_echoes_every_attribute_with_a_zone_added() {
    List<Attribute> sent =
        List.of(
            Attribute.builder().name("ecs.capability.external").build(),
            Yard.attribute("ecs.os-type", "linux"),
            Yard.attribute("stack", "prod"));
    ContainerInstance instance = register(request -> request.attributes(sent));
    assertThat(instance.containerInstanceArn())
        .matches("arn:aws:ecs:us-east-1:123456789012:container-instance/default/[0-9a-f]{32}");
    assertThat(instance.status()).isEqualTo("ACTIVE");
    assertThat(instance.attributes())
        .containsAll(sent)
        .contains(Yard.attribute("ecs.availability-zone", "us-east-1a"))
        .hasSize(4);
    assertThat(instance.agentConnected()).isFalse();
    assertThat(instance.registeredAt()).isEqualTo(yard.harbour.now());
    assertThat(instance.runningTasksCount()).isZero();
  }

  @Test
  void instances_that_name_no_zone_are_dealt_out_over_three() {
    List<@Nullable String> zones = new ArrayList<>();
    for (int at = 0; at < 4; at++) {
      zones.add(zone(register(request -> request)));
    }
    assertThat(zones).containsExactly("us-east-1a", "us-east-1b", "us-east-1c", "us-east-1a");
    assertThat(
            zone(
                register(request ->
                    request.attributes(List.of(Yard.attribute("ecs.availability-zone", "eu-x"))))))
        .isEqualTo("eu-x");
  }

  @Test
  void registered_and_remaining_resources_are_what_the_agent_sent() {
    ContainerInstance instance =
        register(request ->
            request
                .platformDevices(Yard.gpus("gpu-1", "gpu-0"))
                .versionInfo(VersionInfo.builder().agentVersion("1.101.2").build())
                .tags(List.of(new Tag("a", "1"))));
    assertThat(instance.registeredResources()).isEqualTo(known(instance.remainingResources()));
    assertThat(integer(instance, "CPU")).isEqualTo(Yard.CPU);
    assertThat(integer(instance, "MEMORY")).isEqualTo(Yard.MEMORY);
    assertThat(strings(instance, "PORTS")).containsExactly("22", "2375", "2376", "51678", "51679");
    assertThat(strings(instance, "PORTS_UDP")).isEmpty();
    assertThat(strings(instance, "GPU")).containsExactly("gpu-0", "gpu-1");
    assertThat(known(instance.versionInfo()).agentVersion()).isEqualTo("1.101.2");
    assertThat(instance.tags()).containsExactly(new Tag("a", "1"));
  }

  @Test
  void resources_that_are_none_are_refused() {
    for (Resource wrong :
        List.of(
            Resource.builder().name("CPU").type("INTEGER").build(),
            Resource.builder().name("CPU").type("INTEGER").integerValue(-1).build(),
            Resource.builder().name("MOON").type("INTEGER").integerValue(1).build(),
            Resource.builder().name("PORTS").stringSetValue(List.of("http")).build(),
            Resource.builder().name("PORTS").stringSetValue(List.of("65536")).build())) {
      assertThatThrownBy(() -> register(request -> request.totalResources(List.of(wrong))))
          .isInstanceOf(InvalidParameterException.class);
    }
    List<String> ports = new ArrayList<>();
    for (int port = 1; port <= 101; port++) {
      ports.add(Integer.toString(port));
    }
    Resource many = Resource.builder().name("PORTS").stringSetValue(ports).build();
    assertThatThrownBy(() -> register(request -> request.totalResources(List.of(many))))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void an_absent_cluster_default_is_made_and_another_is_not() {
    yard.harbour.call(new DeleteCluster(), new DeleteClusterRequest("default"));
    assertThatThrownBy(() -> register(request -> request.cluster("other")))
        .isInstanceOf(ClusterNotFoundException.class);
    Harbour fresh = new Harbour();
    fresh.call(
        new RegisterContainerInstance(),
        RegisterContainerInstanceRequest.builder().cluster("").build());
    var clusters =
        fresh.ask(
            new DescribeClusters(),
            DescribeClustersRequest.builder().clusters(List.of("default")).build());
    assertThat(known(clusters.clusters()).getFirst().registeredContainerInstancesCount())
        .isEqualTo(1);
  }

  @Test
  void the_same_arn_registers_the_same_instance_again_and_keeps_custom_attributes_and_zone() {
    String arn =
        yard.instance(request ->
            request.attributes(
                List.of(
                    Yard.attribute("stack", "prod"),
                    Yard.attribute("ecs.capability.old", ""),
                    Yard.attribute("ecs.availability-zone", "us-east-1b"))));
    yard.harbour.call(
        new PutAttributes(),
        PutAttributesRequest.builder()
            .attributes(List.of(new Attribute("rack", "r1", null, arn)))
            .build());
    ContainerInstance again =
        register(request ->
            request
                .containerInstanceArn(arn)
                .totalResources(Yard.resources(Yard.CPU * 2, Yard.MEMORY))
                .attributes(List.of(Yard.attribute("ecs.capability.new", ""))));
    assertThat(again.containerInstanceArn()).isEqualTo(arn);
    assertThat(known(again.attributes()).stream().map(Attribute::name))
        .containsExactlyInAnyOrder("stack", "rack", "ecs.capability.new", "ecs.availability-zone");
    assertThat(zone(again)).isEqualTo("us-east-1b");
    assertThat(integer(again, "CPU")).isEqualTo(Yard.CPU * 2);
    assertThat(again.agentConnected()).isTrue();
  }

  @Test
  void a_changed_type_or_reduced_resources_are_refused() {
    String typed =
        yard.instance(request ->
            request.attributes(List.of(Yard.attribute("ecs.instance-type", "m5.large"))));
    String id = typed.substring(typed.lastIndexOf('/') + 1);
    String refusal =
        "Container instance type changes are not supported. Container instance "
            + id
            + " was previously registered as m5.large.";
    assertThatThrownBy(() ->
            register(request ->
                request
                    .containerInstanceArn(typed)
                    .attributes(List.of(Yard.attribute("ecs.instance-type", "m5.xlarge")))))
        .isInstanceOf(ClientException.class)
        .hasMessage(refusal);
    String plain = yard.instance();
    assertThatThrownBy(() ->
            register(request ->
                request
                    .containerInstanceArn(plain)
                    .totalResources(Yard.resources(Yard.CPU, Yard.MEMORY - 1))))
        .isInstanceOf(ClientException.class)
        .hasMessageStartingWith("Container instance type changes are not supported.");
  }

  @Test
  void an_unknown_and_a_deregistered_arn_cannot_register_again() {
    assertThatThrownBy(() -> register(request -> request.containerInstanceArn("arn:aws:x")))
        .isInstanceOf(InvalidParameterException.class);
    String arn = yard.instance();
    yard.harbour.call(
        new DeregisterContainerInstance(),
        DeregisterContainerInstanceRequest.builder().containerInstance(arn).build());
    assertThatThrownBy(() -> register(request -> request.containerInstanceArn(arn)))
        .isInstanceOf(ClientException.class);
  }

  private ContainerInstance register(UnaryOperator<RegisterContainerInstanceRequest.Builder> with) {
    var request =
        RegisterContainerInstanceRequest.builder()
            .totalResources(Yard.resources(Yard.CPU, Yard.MEMORY));
    return known(
        yard.harbour
            .call(new RegisterContainerInstance(), with.apply(request).build())
            .containerInstance());
  }

  private static @Nullable String zone(ContainerInstance instance) {
    return known(instance.attributes()).stream()
        .filter(attribute -> attribute.name().equals("ecs.availability-zone"))
        .map(Attribute::value)
        .findFirst()
        .orElse(null);
  }

  private static Resource resource(ContainerInstance instance, String name) {
    return known(instance.registeredResources()).stream()
        .filter(resource -> name.equals(resource.name()))
        .findFirst()
        .orElseThrow();
  }

  private static @Nullable Integer integer(ContainerInstance instance, String name) {
    return resource(instance, name).integerValue();
  }

  private static @Nullable List<String> strings(ContainerInstance instance, String name) {
    return resource(instance, name).stringSetValue();
  }
}
