package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Definitions.app;
import static dev.longshore.core.taskdefinition.Definitions.container;
import static dev.longshore.core.taskdefinition.Definitions.fargate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.Harbour;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.Device;
import dev.longshore.shapes.ecs.DockerVolumeConfiguration;
import dev.longshore.shapes.ecs.FSxWindowsFileServerAuthorizationConfig;
import dev.longshore.shapes.ecs.FSxWindowsFileServerVolumeConfiguration;
import dev.longshore.shapes.ecs.FirelensConfiguration;
import dev.longshore.shapes.ecs.HostVolumeProperties;
import dev.longshore.shapes.ecs.KernelCapabilities;
import dev.longshore.shapes.ecs.LinuxParameters;
import dev.longshore.shapes.ecs.LogConfiguration;
import dev.longshore.shapes.ecs.ResourceRequirement;
import dev.longshore.shapes.ecs.RuntimePlatform;
import dev.longshore.shapes.ecs.TaskDefinition;
import dev.longshore.shapes.ecs.TaskDefinitionPlacementConstraint;
import dev.longshore.shapes.ecs.Tmpfs;
import dev.longshore.shapes.ecs.Volume;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FargateRulesTest {
  private static final String ECR = "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1";

  private final Definitions definitions = new Definitions(new Harbour());

  @Test
  void the_network_mode_is_awsvpc_and_says_so_in_curly_quotes() {
    for (String mode : new String[] {null, "bridge", "host", "none"}) {
      definitions
          .refused(fargate(app()).networkMode(mode))
          .withMessage("Fargate only supports network mode ‘awsvpc’.");
    }
  }

  @Test
  void cpu_and_memory_of_the_task_are_needed() {
    definitions
        .refused(fargate(app()).cpu(null))
        .withMessage("Fargate requires that 'cpu' be defined at the task level.");
    definitions
        .refused(fargate(app()).memory(null))
        .withMessage("Fargate requires that 'memory' be defined at the task level.");
  }

  @Test
  void sizes_in_vcpu_and_gb_come_back_in_units_and_mib() {
    TaskDefinition definition =
        definitions.register(fargate(app()).cpu(".25 vCPU").memory("0.5GB"));
    assertThat(definition.cpu()).isEqualTo("256");
    assertThat(definition.memory()).isEqualTo("512");
  }

  @ParameterizedTest
  @CsvSource({
    "1024, 1024",
    "256, 256",
    "256, 4096",
    "1024, 2560",
    "1024, 9216",
    "2048, 17408",
    "4096, 31744",
    "8192, 17408",
    "8192, 18432",
    "8192, 62464",
    "16384, 33792",
    "16384, 36864",
    "16384, 131072",
    "32768, 122880",
    "100, 512",
  })
  void a_pair_off_the_table_is_refused(String cpu, String memory) {
    definitions
        .refused(fargate(app()).cpu(cpu).memory(memory))
        .withMessage(
            "No Fargate configuration exists for given values: "
                + cpu
                + " CPU, "
                + memory
                + " memory. See the Amazon ECS documentation for the valid values.");
  }

  @Test
  void there_are_74_pairs_and_windows_has_those_of_one_to_four_cpus() {
    int linux = 0;
    int windows = 0;
    for (int cpu = 128; cpu <= 32768; cpu += 128) {
      for (int memory = 256; memory <= 245_760; memory += 256) {
        linux += FargateSizes.contain(cpu, memory, false) ? 1 : 0;
        windows += FargateSizes.contain(cpu, memory, true) ? 1 : 0;
      }
    }
    assertThat(linux).isEqualTo(74);
    assertThat(windows).isEqualTo(7 + 13 + 23);
  }

  @Test
  void small_windows_tasks_do_not_exist() {
    RuntimePlatform windows = new RuntimePlatform(null, "WINDOWS_SERVER_2022_CORE");
    definitions
        .refused(fargate(app()).runtimePlatform(windows))
        .withMessageStartingWith("No Fargate configuration exists for given values");
    definitions.register(fargate(app()).runtimePlatform(windows).cpu("1024").memory("2048"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CP/M", "WINDOWS_SERVER_2016_FULL", "WINDOWS_SERVER_20H2_CORE"})
  void other_operating_systems_are_refused_by_name(String family) {
    definitions
        .refused(fargate(app()).runtimePlatform(new RuntimePlatform(null, family)))
        .withMessage(
            "Tasks using the Fargate launch type are not supported on operating system family "
                + family);
  }

  @Test
  void namespaces_of_the_host_are_out_of_reach() {
    definitions
        .refused(fargate(app()).pidMode("host"))
        .withMessage(
            "Tasks using the Fargate launch type do not support pidMode 'host'. The supported"
                + " value for pidMode is 'task'.");
    definitions.register(fargate(app()).pidMode("task"));
    definitions
        .refused(fargate(app()).ipcMode("task"))
        .withMessage("Fargate compatible task definitions do not support ipcMode");
  }

  @Test
  void there_are_no_placement_constraints() {
    definitions
        .refused(
            fargate(app())
                .placementConstraints(
                    List.of(new TaskDefinitionPlacementConstraint("memberOf", "a == b"))))
        .withMessage("Fargate compatible task definitions do not support constraints");
  }

  @Test
  void volumes_are_not_dockers_nor_the_hosts_nor_fsx() {
    var docker = DockerVolumeConfiguration.builder().build();
    refused("dockerVolumeConfiguration", Volume.builder().dockerVolumeConfiguration(docker));
    var fsx =
        FSxWindowsFileServerVolumeConfiguration.builder()
            .fileSystemId("fs-1")
            .rootDirectory("share")
            .authorizationConfig(new FSxWindowsFileServerAuthorizationConfig("c", "d"))
            .build();
    refused(
        "fsxWindowsFileServerVolumeConfiguration",
        Volume.builder().fsxWindowsFileServerVolumeConfiguration(fsx));
    refused("sourcePath", Volume.builder().host(new HostVolumeProperties("/data")));
    var empty = Volume.builder().name("a").host(new HostVolumeProperties(null)).build();
    definitions.register(fargate(app()).volumes(List.of(empty)));
  }

  private void refused(String setting, Volume.Builder volume) {
    definitions
        .refused(fargate(app()).volumes(List.of(volume.name("a").build())))
        .withMessage("Fargate compatible task definitions do not support " + setting);
  }

  @Test
  void containers_get_no_power_over_the_host() {
    refused("Fargate requires that the 'privileged' setting be 'false'", app().privileged(true));
    definitions.register(fargate(app().privileged(false)));
    refused(
        "Fargate compatible task definitions do not support dockerSecurityOptions",
        app().dockerSecurityOptions(List.of("label:disable")));
    refused(
        "Tasks using the Fargate launch type do not support GPU resource requirements",
        app().resourceRequirements(List.of(new ResourceRequirement("1", "GPU"))));
  }

  @Test
  void of_the_kernels_parameters_few_are_supported() {
    refusedLinux("devices", LinuxParameters.builder().devices(List.of(device())));
    refusedLinux("sharedMemorySize", LinuxParameters.builder().sharedMemorySize(64));
    refusedLinux("maxSwap", LinuxParameters.builder().maxSwap(64));
    refusedLinux("swappiness", LinuxParameters.builder().swappiness(60));
    var tmpfs = LinuxParameters.builder().tmpfs(List.of(new Tmpfs("/t", 16, null)));
    definitions.register(fargate(app().linuxParameters(tmpfs.initProcessEnabled(true).build())));
  }

  private static Device device() {
    return Device.builder().hostPath("/dev/fuse").build();
  }

  private void refusedLinux(String setting, LinuxParameters.Builder linux) {
    refused(
        "Fargate compatible task definitions do not support " + setting,
        app().linuxParameters(linux.build()));
  }

  @Test
  void of_capabilities_only_sys_ptrace_can_be_added_and_any_dropped() {
    refused("NET_ADMIN is not allowed on Fargate.", capabilities("NET_ADMIN"));
    definitions.register(fargate(capabilities("SYS_PTRACE")));
  }

  private static ContainerDefinition.Builder capabilities(String add) {
    var capabilities = new KernelCapabilities(List.of(add), List.of("ALL"));
    return app().linuxParameters(LinuxParameters.builder().capabilities(capabilities).build());
  }

  @Test
  void a_stop_takes_120_seconds_at_most_and_a_start_as_long_as_it_likes() {
    refused(
        "Tasks using the Fargate launch type must have a container stop timeout of less than 120"
            + " seconds.",
        app().stopTimeout(121));
    definitions.register(fargate(app().stopTimeout(120).startTimeout(121)));
  }

  @Test
  void images_in_ecr_need_an_execution_role() {
    refused(
        "Fargate requires task definition to have execution role ARN to support ECR images.",
        app().image(ECR));
    definitions.register(fargate(app().image(ECR)).executionRoleArn("role"));
  }

  @Test
  void json_file_is_no_log_driver_here() {
    refused(
        "json-file is not a valid log driver. Must be one of [awslogs, splunk, awsfirelens]",
        app().logConfiguration(LogConfiguration.builder().logDriver("json-file").build()));
  }

  @Test
  void awslogs_needs_an_execution_role_and_a_prefix() {
    definitions
        .refused(fargate(app().logConfiguration(awslogs("p"))))
        .withMessage(
            "Fargate requires task definition to have execution role ARN to support log driver"
                + " awslogs.");
    definitions
        .refused(fargate(app().logConfiguration(awslogs(null))).executionRoleArn("role"))
        .withMessage("Fargate requires log configuration options to include awslogs-stream-prefix");
    definitions.register(fargate(app().logConfiguration(awslogs("p"))).executionRoleArn("role"));
  }

  private static LogConfiguration awslogs(@Nullable String prefix) {
    Map<String, String> options = Map.of("awslogs-region", "r", "awslogs-group", "g");
    Map<String, String> all = new java.util.TreeMap<>(options);
    if (prefix != null) {
      all.put("awslogs-stream-prefix", prefix);
    }
    return LogConfiguration.builder().logDriver("awslogs").options(all).build();
  }

  @Test
  void a_routers_file_does_not_come_from_s3() {
    Map<String, String> options =
        Map.of("config-file-type", "s3", "config-file-value", "arn:aws:s3:::b/f");
    refused(
        "Fargate launch type does not support FirelensConfiguration config file from 's3'",
        container("router")
            .firelensConfiguration(
                FirelensConfiguration.builder().type("fluentbit").options(options).build()));
  }

  private void refused(String text, ContainerDefinition.Builder container) {
    definitions.refused(fargate(container)).withMessage(text);
  }
}
