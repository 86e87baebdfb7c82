package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Definitions.app;
import static dev.longshore.core.taskdefinition.Definitions.container;
import static dev.longshore.core.taskdefinition.Definitions.web;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.Harbour;
import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.ContainerDependency;
import dev.longshore.shapes.ecs.ContainerRestartPolicy;
import dev.longshore.shapes.ecs.DockerVolumeConfiguration;
import dev.longshore.shapes.ecs.EFSVolumeConfiguration;
import dev.longshore.shapes.ecs.EnvironmentFile;
import dev.longshore.shapes.ecs.FSxWindowsFileServerAuthorizationConfig;
import dev.longshore.shapes.ecs.FSxWindowsFileServerVolumeConfiguration;
import dev.longshore.shapes.ecs.FirelensConfiguration;
import dev.longshore.shapes.ecs.HealthCheck;
import dev.longshore.shapes.ecs.KeyValuePair;
import dev.longshore.shapes.ecs.LinuxParameters;
import dev.longshore.shapes.ecs.LogConfiguration;
import dev.longshore.shapes.ecs.MountPoint;
import dev.longshore.shapes.ecs.PortMapping;
import dev.longshore.shapes.ecs.ProxyConfiguration;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.RepositoryCredentials;
import dev.longshore.shapes.ecs.S3FilesVolumeConfiguration;
import dev.longshore.shapes.ecs.Secret;
import dev.longshore.shapes.ecs.Ulimit;
import dev.longshore.shapes.ecs.Volume;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequiredAttributesTest {
  private static final String C = "com.amazonaws.ecs.capability.";
  private static final String E = "ecs.capability.";
  private static final String ECR = "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1";
  private static final String SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:x";

  private final Definitions definitions = new Definitions(new Harbour());

  @Test
  void a_plain_definition_has_none_even_with_ports_and_sizes() {
    var ports = List.of(PortMapping.builder().containerPort(80).build());
    assertThat(
            definitions
                .register(web(app().portMappings(ports)).cpu("256").memory("512"))
                .requiresAttributes())
        .isNull();
  }

  @Test
  void names_have_neither_value_nor_target() {
    assertThat(definitions.register(web(app()).networkMode("awsvpc")).requiresAttributes())
        .containsExactlyInAnyOrder(
            Attribute.builder().name(C + "docker-remote-api.1.18").build(),
            Attribute.builder().name(E + "task-eni").build());
  }

  @Test
  void an_attribute_stands_there_once() {
    var check = HealthCheck.builder().command(List.of("CMD", "true")).build();
    assertThat(of(web(app().healthCheck(check), container("b").healthCheck(check))))
        .containsExactlyInAnyOrder(E + "container-health-check", C + "docker-remote-api.1.24");
  }

  @Test
  void ordering_is_needed_for_dependencies_and_timeouts() {
    assertThat(of(web(app().startTimeout(2)))).containsExactly(E + "container-ordering");
    assertThat(of(web(app().stopTimeout(2)))).containsExactly(E + "container-ordering");
    var dependency = List.of(new ContainerDependency("b", "START"));
    assertThat(of(web(app().dependsOn(dependency), container("b"))))
        .containsExactly(E + "container-ordering");
  }

  @Test
  void a_log_driver_is_needed_with_its_docker_version() {
    Map<String, String> options = Map.of("awslogs-region", "r", "awslogs-group", "g");
    var awslogs = LogConfiguration.builder().logDriver("awslogs").options(options).build();
    assertThat(of(web(app().logConfiguration(awslogs))))
        .containsExactlyInAnyOrder(C + "logging-driver.awslogs", C + "docker-remote-api.1.19");
    assertThat(of(web(app().logConfiguration(awslogs)).executionRoleArn("role")))
        .contains(E + "execution-role-awslogs");
    var syslog = LogConfiguration.builder().logDriver("syslog").build();
    assertThat(of(web(app().logConfiguration(syslog))))
        .containsExactlyInAnyOrder(C + "logging-driver.syslog", C + "docker-remote-api.1.18");
  }

  @Test
  void ecr_is_needed_for_its_images() {
    assertThat(of(web(app().image(ECR))))
        .containsExactlyInAnyOrder(C + "ecr-auth", C + "docker-remote-api.1.19");
    assertThat(of(web(app().image(ECR)).executionRoleArn("role")))
        .contains(E + "execution-role-ecr-pull");
  }

  @Test
  void task_roles_differ_on_the_hosts_network() {
    assertThat(of(web(app()).taskRoleArn("role"))).containsExactly(C + "task-iam-role");
    assertThat(of(web(app()).taskRoleArn("role").networkMode("host")))
        .containsExactly(C + "task-iam-role-network-host");
  }

  @Test
  void secrets_come_from_secrets_manager_or_systems_manager() {
    var secrets = List.of(new Secret("A", SECRET), new Secret("B", "/b"));
    assertThat(of(web(app().secrets(secrets)).executionRoleArn("role")))
        .containsExactlyInAnyOrder(
            E + "secrets.asm.environment-variables", E + "secrets.ssm.environment-variables");
    var log = LogConfiguration.builder().logDriver("splunk").secretOptions(secrets).build();
    assertThat(of(web(app().logConfiguration(log)).executionRoleArn("role")))
        .contains(E + "secrets.asm.bootstrap.log-driver", E + "secrets.ssm.bootstrap.log-driver");
  }

  @Test
  void each_setting_of_a_container_needs_what_it_needs() {
    assertThat(
            of(
                web(app().repositoryCredentials(new RepositoryCredentials(SECRET)))
                    .executionRoleArn("role")))
        .containsExactly(E + "private-registry-authentication.secretsmanager");
    var file = new EnvironmentFile("arn:aws:s3:::b/a.env", "s3");
    assertThat(of(web(app().environmentFiles(List.of(file))).executionRoleArn("role")))
        .containsExactly(E + "env-files.s3");
    assertThat(of(web(app().privileged(true)))).containsExactly(C + "privileged-container");
    assertThat(of(web(app().memoryReservation(32)))).containsExactly(C + "docker-remote-api.1.21");
    var init = LinuxParameters.builder().initProcessEnabled(true).build();
    assertThat(of(web(app().linuxParameters(init)))).containsExactly(C + "docker-remote-api.1.25");
    assertThat(of(web(app().restartPolicy(new ContainerRestartPolicy(true, null, null)))))
        .containsExactly(E + "container-restart-policy");
    assertThat(of(web(app().restartPolicy(new ContainerRestartPolicy(false, null, null)))))
        .isEmpty();
    var range = PortMapping.builder().containerPortRange("80-90").build();
    assertThat(of(web(app().portMappings(List.of(range)))))
        .containsExactly(E + "network.container-port-range");
    assertThat(of(web(app().ulimits(List.of(new Ulimit("nofile", 1, 1))))))
        .containsExactly(C + "docker-remote-api.1.18");
    assertThat(of(web(app().dockerLabels(Map.of("a", "b")))))
        .containsExactly(C + "docker-remote-api.1.18");
  }

  @Test
  void each_setting_of_a_task_needs_what_it_needs() {
    assertThat(of(web(app()).pidMode("task"))).containsExactly(E + "pid-ipc-namespace-sharing");
    assertThat(of(web(app()).ipcMode("host"))).containsExactly(E + "pid-ipc-namespace-sharing");
    assertThat(of(web(app()).enableFaultInjection(true))).containsExactly(E + "fault-injection");
    assertThat(of(web(app()).enableFaultInjection(false))).isEmpty();
    var proxy =
        ProxyConfiguration.builder()
            .containerName("app")
            .properties(
                List.of(
                    new KeyValuePair("IgnoredGID", "1"),
                    new KeyValuePair("AppPorts", "80"),
                    new KeyValuePair("ProxyIngressPort", "1"),
                    new KeyValuePair("ProxyEgressPort", "2")))
            .build();
    assertThat(of(web(app()).networkMode("awsvpc").proxyConfiguration(proxy)))
        .contains(E + "aws-appmesh");
  }

  @Test
  void a_router_needs_its_kind_and_the_place_of_its_file() {
    var router =
        FirelensConfiguration.builder()
            .type("fluentd")
            .options(Map.of("config-file-type", "file", "config-file-value", "/f"))
            .build();
    assertThat(of(web(app().firelensConfiguration(router))))
        .containsExactlyInAnyOrder(E + "firelens.fluentd", E + "firelens.options.config.file");
    var log =
        LogConfiguration.builder()
            .logDriver("awsfirelens")
            .options(Map.of("log-driver-buffer-limit", "1"))
            .build();
    assertThat(of(web(app().firelensConfiguration(router).logConfiguration(log))))
        .contains(
            C + "logging-driver.awsfirelens",
            E + "logging-driver.awsfirelens.log-driver-buffer-limit");
  }

  @Test
  void each_kind_of_volume_needs_its_driver() {
    var docker = DockerVolumeConfiguration.builder().driver("rexray").build();
    assertThat(of(Volume.builder().dockerVolumeConfiguration(docker)))
        .containsExactlyInAnyOrder(E + "docker-plugin.rexray", C + "docker-remote-api.1.25");
    var local = DockerVolumeConfiguration.builder().build();
    assertThat(of(Volume.builder().dockerVolumeConfiguration(local)))
        .contains(E + "docker-plugin.local");
    var efs = EFSVolumeConfiguration.builder().fileSystemId("fs-1");
    assertThat(of(Volume.builder().efsVolumeConfiguration(efs.build())))
        .containsExactlyInAnyOrder(E + "efs", C + "docker-remote-api.1.25");
    assertThat(
            of(Volume.builder().efsVolumeConfiguration(efs.transitEncryption("ENABLED").build())))
        .contains(E + "efsAuth");
    var fsx =
        FSxWindowsFileServerVolumeConfiguration.builder()
            .fileSystemId("fs-1")
            .rootDirectory("share")
            .authorizationConfig(new FSxWindowsFileServerAuthorizationConfig("c", "d"))
            .build();
    assertThat(of(Volume.builder().fsxWindowsFileServerVolumeConfiguration(fsx)))
        .containsExactly(E + "fsxWindowsFileServer");
    var s3 = S3FilesVolumeConfiguration.builder().fileSystemArn("arn:aws:s3files:::x").build();
    assertThat(of(Volume.builder().s3filesVolumeConfiguration(s3)))
        .contains(E + "storage.s3-files");
    assertThat(of(Volume.builder().configuredAtLaunch(true)))
        .containsExactlyInAnyOrder(E + "storage.ebs-task-volume-attach", C + "task-iam-role");
  }

  private List<String> of(Volume.Builder volume) {
    var mounted = app().mountPoints(List.of(new MountPoint("a", "/a", null)));
    boolean role = volume.build().configuredAtLaunch() != null;
    boolean files = volume.build().s3filesVolumeConfiguration() != null;
    return of(
        web(mounted)
            .taskRoleArn(role || files ? "role" : null)
            .volumes(List.of(volume.name("a").build())));
  }

  private List<String> of(RegisterTaskDefinitionRequest.Builder request) {
    return Given.list(definitions.register(request).requiresAttributes()).stream()
        .map(Attribute::name)
        .toList();
  }
}
