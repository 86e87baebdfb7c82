package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Definitions.app;
import static dev.longshore.core.taskdefinition.Definitions.container;
import static dev.longshore.core.taskdefinition.Definitions.fargate;
import static dev.longshore.core.taskdefinition.Definitions.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Harbour;
import dev.longshore.shapes.ecs.ContainerDependency;
import dev.longshore.shapes.ecs.DockerVolumeConfiguration;
import dev.longshore.shapes.ecs.EFSAuthorizationConfig;
import dev.longshore.shapes.ecs.EFSVolumeConfiguration;
import dev.longshore.shapes.ecs.EphemeralStorage;
import dev.longshore.shapes.ecs.FirelensConfiguration;
import dev.longshore.shapes.ecs.HealthCheck;
import dev.longshore.shapes.ecs.HostVolumeProperties;
import dev.longshore.shapes.ecs.InferenceAccelerator;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.KeyValuePair;
import dev.longshore.shapes.ecs.MountPoint;
import dev.longshore.shapes.ecs.ProxyConfiguration;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.RuntimePlatform;
import dev.longshore.shapes.ecs.S3FilesVolumeConfiguration;
import dev.longshore.shapes.ecs.TaskDefinitionPlacementConstraint;
import dev.longshore.shapes.ecs.Volume;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRulesTest {
  private final Definitions definitions = new Definitions(new Harbour());

  @Test
  void an_unknown_compatibility_is_named() {
    definitions
        .refused(web(app()).requiresCompatibilities(List.of("EC2", "MOON")))
        .withMessageContaining("'MOON'");
  }

  @Test
  void external_instances_have_no_awsvpc() {
    definitions.refused(
        web(app()).requiresCompatibilities(List.of("EXTERNAL")).networkMode("awsvpc"));
    definitions.register(
        web(app()).requiresCompatibilities(List.of("EXTERNAL")).networkMode("host"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "arn:aws:iam::1:role/x", "arn:aws:s3:::bucket"})
  void a_role_is_a_name_or_an_arn_of_a_role(String role) {
    definitions.refused(web(app()).taskRoleArn(role)).withMessage("Role is not valid");
    definitions.refused(web(app()).executionRoleArn(role)).withMessage("Role is not valid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecsTaskRole", "arn:aws:iam::123456789012:role/path/ecsTaskRole"})
  void a_role_comes_back_as_sent(String role) {
    assertThat(definitions.register(web(app()).taskRoleArn(role)).taskRoleArn()).isEqualTo(role);
  }

  @Test
  void inference_accelerators_are_no_longer_supported() {
    var accelerator =
        InferenceAccelerator.builder().deviceName("a").deviceType("eia1.medium").build();
    definitions
        .refused(web(app()).inferenceAccelerators(List.of(accelerator)))
        .withMessage("Unsupported field 'inferenceAccelerators'");
  }

  @Test
  void an_unknown_architecture_is_refused() {
    definitions
        .refused(web(app()).runtimePlatform(new RuntimePlatform("VAX", null)))
        .withMessage("Invalid CPU architecture");
    definitions.refused(web(app()).runtimePlatform(new RuntimePlatform(null, "CP/M")));
  }

  @Test
  void ephemeral_storage_has_21_to_200_gib() {
    definitions
        .refused(fargate(app()).ephemeralStorage(new EphemeralStorage(20)))
        .withMessage("EphemeralStorage size should be at least 21");
    definitions
        .refused(fargate(app()).ephemeralStorage(new EphemeralStorage(201)))
        .withMessage("EphemeralStorage size should be at most 200");
    for (int size : new int[] {21, 200}) {
      EphemeralStorage storage = new EphemeralStorage(size);
      assertThat(definitions.register(fargate(app()).ephemeralStorage(storage)).ephemeralStorage())
          .isEqualTo(storage);
    }
  }

  @Test
  void ephemeral_storage_is_for_fargate() {
    for (RegisterTaskDefinitionRequest.Builder request :
        List.of(
            web(app()), web(app()).requiresCompatibilities(List.of("EC2")).networkMode("awsvpc"))) {
      definitions
          .refused(request.ephemeralStorage(new EphemeralStorage(30)))
          .withMessage("Tasks using the EC2 launch type do not support EphemeralStorage");
    }
  }

  @Test
  void placement_constraints_are_expressions_and_ten_at_most() {
    var constraint = new TaskDefinitionPlacementConstraint("memberOf", "attribute:a == b");
    assertThat(
            definitions
                .register(web(app()).placementConstraints(Collections.nCopies(10, constraint)))
                .placementConstraints())
        .hasSize(10);
    definitions.refused(web(app()).placementConstraints(Collections.nCopies(11, constraint)));
    for (var wrong :
        List.of(
            new TaskDefinitionPlacementConstraint("distinctInstance", null),
            new TaskDefinitionPlacementConstraint("memberOf", null),
            new TaskDefinitionPlacementConstraint("memberOf", " "),
            new TaskDefinitionPlacementConstraint(null, "attribute:a == b"))) {
      definitions.refused(web(app()).placementConstraints(List.of(wrong)));
    }
    var unclear = new TaskDefinitionPlacementConstraint("memberOf", "attribute:a in b");
    assertThatThrownBy(
            () -> definitions.register(web(app()).placementConstraints(List.of(unclear))))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageStartingWith("Invalid expression at position 16");
  }

  @Test
  void the_cpu_of_containers_fits_into_the_tasks() {
    definitions.register(web(app().cpu(128), container("b").cpu(128)).cpu("256"));
    definitions
        .refused(web(app().cpu(128), container("b").cpu(129)).cpu("256"))
        .withMessage(
            "The sum of all container 'cpu' values cannot be greater than the value of the task"
                + " 'cpu'.");
    definitions.register(web(app().cpu(128), container("b").cpu(129)));
  }

  @Test
  void the_memory_reserved_by_containers_fits_into_the_tasks() {
    var half = app().memory(null).memoryReservation(256);
    var more = container("b").memory(null).memoryReservation(257);
    definitions.refused(web(half, more).memory("512"));
    definitions.register(web(half, more.memoryReservation(256)).memory("512"));
  }

  @Test
  void names_of_containers_are_unique() {
    definitions
        .refused(web(app(), app()))
        .withMessage("Container names must be unique within a task definition");
  }

  @Test
  void there_is_one_log_router_at_most() {
    var router = FirelensConfiguration.builder().type("fluentbit").build();
    definitions.refused(
        web(app().firelensConfiguration(router), container("b").firelensConfiguration(router)));
  }

  @Test
  void a_proxy_is_a_container_of_an_awsvpc_task_with_its_properties() {
    RegisterTaskDefinitionRequest.Builder request =
        web(app()).networkMode("awsvpc").proxyConfiguration(proxy("app", "IgnoredUID"));
    assertThat(definitions.register(request).proxyConfiguration())
        .isEqualTo(proxy("app", "IgnoredUID"));
    definitions.refused(request.proxyConfiguration(proxy("other", "IgnoredUID")));
    definitions.refused(request.proxyConfiguration(proxy("app", "Unknown")));
    definitions.refused(
        request.networkMode("bridge").proxyConfiguration(proxy("app", "IgnoredGID")));
    definitions.refused(
        request
            .networkMode("awsvpc")
            .proxyConfiguration(ProxyConfiguration.builder().containerName("app").build()));
  }

  private static ProxyConfiguration proxy(String container, String ignored) {
    return ProxyConfiguration.builder()
        .type("APPMESH")
        .containerName(container)
        .properties(
            List.of(
                new KeyValuePair(ignored, "1337"),
                new KeyValuePair("AppPorts", "80"),
                new KeyValuePair("ProxyIngressPort", "15000"),
                new KeyValuePair("ProxyEgressPort", "15001")))
        .build();
  }

  @Test
  void a_dependency_on_a_container_that_is_not_there_is_refused() {
    definitions
        .refused(web(app().dependsOn(on("missing", "START"))))
        .withMessage("Cannot depend on container + 'missing' because it does not exist");
  }

  @Test
  void a_container_cannot_wait_for_itself() {
    definitions
        .refused(web(app().dependsOn(on("app", "START"))))
        .withMessage("Container dependsOn contains a cycle");
  }

  @Test
  void containers_cannot_wait_in_a_ring() {
    definitions
        .refused(
            web(
                container("a").dependsOn(on("b", "START")),
                container("b").dependsOn(on("c", "START")),
                container("c").dependsOn(on("a", "START"))))
        .withMessage("Container dependsOn contains a cycle");
    definitions.register(
        web(
            container("a").dependsOn(both("b", "c")),
            container("b").dependsOn(on("c", "START")),
            container("c")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMPLETE", "SUCCESS"})
  void an_essential_container_cannot_be_waited_for_to_end(String condition) {
    definitions
        .refused(web(app().dependsOn(on("init", condition)), container("init")))
        .withMessage(
            "A dependency container with SUCCESS or COMPLETE condition cannot be an essential"
                + " container");
    definitions.register(
        web(app().dependsOn(on("init", condition)), container("init").essential(false)));
  }

  @Test
  void a_container_waited_for_to_be_healthy_has_a_health_check() {
    definitions
        .refused(web(app().dependsOn(on("db", "HEALTHY")), container("db")))
        .withMessage(
            "A dependency container with HEALTHY condition must have health check configured");
    var check = HealthCheck.builder().command(List.of("CMD-SHELL", "true")).build();
    definitions.register(
        web(app().dependsOn(on("db", "HEALTHY")), container("db").healthCheck(check)));
  }

  private static List<ContainerDependency> on(String container, String condition) {
    return List.of(new ContainerDependency(container, condition));
  }

  private static List<ContainerDependency> both(String first, String second) {
    List<ContainerDependency> both = new ArrayList<>(on(first, "START"));
    both.addAll(on(second, "START"));
    return both;
  }

  @Test
  void names_of_volumes_are_names_and_unique() {
    definitions.refused(web(app()).volumes(List.of(Volume.builder().name("a b").build())));
    definitions.refused(
        web(app()).volumes(Collections.nCopies(2, Volume.builder().name("a").build())));
    definitions.register(
        web(app())
            .volumes(
                List.of(Volume.builder().name("a").build(), Volume.builder().name("b").build())));
  }

  @Test
  void a_volume_is_of_one_kind() {
    var docker = DockerVolumeConfiguration.builder().build();
    var volume = Volume.builder().name("a").dockerVolumeConfiguration(docker);
    definitions.register(web(app()).volumes(List.of(volume.build())));
    definitions.refused(
        web(app()).volumes(List.of(volume.host(HostVolumeProperties.builder().build()).build())));
  }

  @Test
  void only_shared_docker_volumes_are_autoprovisioned() {
    for (String scope : new String[] {null, "task"}) {
      definitions.refused(docker(scope));
    }
    definitions.register(docker("shared"));
  }

  private static RegisterTaskDefinitionRequest.Builder docker(
      @org.jspecify.annotations.Nullable String scope) {
    var docker = DockerVolumeConfiguration.builder().autoprovision(true).scope(scope).build();
    return web(app())
        .volumes(List.of(Volume.builder().name("a").dockerVolumeConfiguration(docker).build()));
  }

  @Test
  void efs_authorization_needs_encryption_on_the_way() {
    var iam = EFSAuthorizationConfig.builder().iam("ENABLED").build();
    var efs = EFSVolumeConfiguration.builder().fileSystemId("fs-1").authorizationConfig(iam);
    definitions
        .refused(efs(efs))
        .withMessage("EFS IAM authorization requires TransitEncryption to be enabled");
    definitions.register(efs(efs.transitEncryption("ENABLED").transitEncryptionPort(2999)));
    definitions
        .refused(
            efs(
                EFSVolumeConfiguration.builder()
                    .fileSystemId("fs-1")
                    .transitEncryption("DISABLED")
                    .transitEncryptionPort(2999)))
        .withMessage("TransitEncryptionPort requires that TransitEncryption is enabled");
  }

  @Test
  void an_efs_access_point_has_no_other_root() {
    var point = EFSAuthorizationConfig.builder().accessPointId("fsap-1").build();
    var efs =
        EFSVolumeConfiguration.builder()
            .fileSystemId("fs-1")
            .transitEncryption("ENABLED")
            .authorizationConfig(point);
    definitions.register(efs(efs));
    definitions.register(efs(efs.rootDirectory("/")));
    definitions
        .refused(efs(efs.rootDirectory("/data")))
        .withMessage(
            "When using an EFS access point, the root directory must either be set to \"/\" or be"
                + " omitted");
  }

  private static RegisterTaskDefinitionRequest.Builder efs(EFSVolumeConfiguration.Builder efs) {
    return web(app())
        .volumes(List.of(Volume.builder().name("a").efsVolumeConfiguration(efs.build()).build()));
  }

  @Test
  void s3_files_need_a_task_role_and_volumes_of_the_network_a_name() {
    var s3 = S3FilesVolumeConfiguration.builder().fileSystemArn("arn:aws:s3files:::x").build();
    var volume = Volume.builder().name("a").s3filesVolumeConfiguration(s3);
    definitions.refused(web(app()).volumes(List.of(volume.build())));
    definitions.register(web(app()).taskRoleArn("role").volumes(List.of(volume.build())));
    definitions.refused(web(app()).taskRoleArn("role").volumes(List.of(volume.name(null).build())));
  }

  @Test
  void a_volume_configured_at_launch_is_mounted_somewhere() {
    List<Volume> volumes = List.of(Volume.builder().name("data").configuredAtLaunch(true).build());
    definitions
        .refused(web(app()).volumes(volumes))
        .withMessage("Volumes [data] are not referenced by any of the containers");
    definitions.register(
        web(app().mountPoints(List.of(new MountPoint("data", "/data", null)))).volumes(volumes));
  }
}
