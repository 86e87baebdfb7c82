package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Definitions.app;
import static dev.longshore.core.taskdefinition.Definitions.container;
import static dev.longshore.core.taskdefinition.Definitions.web;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.Harbour;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.ContainerRestartPolicy;
import dev.longshore.shapes.ecs.EnvironmentFile;
import dev.longshore.shapes.ecs.HealthCheck;
import dev.longshore.shapes.ecs.HostEntry;
import dev.longshore.shapes.ecs.KernelCapabilities;
import dev.longshore.shapes.ecs.KeyValuePair;
import dev.longshore.shapes.ecs.LinuxParameters;
import dev.longshore.shapes.ecs.LogConfiguration;
import dev.longshore.shapes.ecs.MountPoint;
import dev.longshore.shapes.ecs.RepositoryCredentials;
import dev.longshore.shapes.ecs.ResourceRequirement;
import dev.longshore.shapes.ecs.Secret;
import dev.longshore.shapes.ecs.SystemControl;
import dev.longshore.shapes.ecs.Tmpfs;
import dev.longshore.shapes.ecs.Ulimit;
import dev.longshore.shapes.ecs.Volume;
import dev.longshore.shapes.ecs.VolumeFrom;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerRulesTest {
  private final Definitions definitions = new Definitions(new Harbour());

  @Test
  void a_container_has_a_name() {
    for (String name : new String[] {null, ""}) {
      definitions
          .refused(web(app().name(name)))
          .withMessage("Container.name should not be null or empty.");
    }
    definitions
        .refused(web(app().name("a b")))
        .withMessage("Container.name contains invalid characters.");
  }

  @Test
  void a_container_has_an_image() {
    for (String image : new String[] {null, ""}) {
      definitions
          .refused(web(app().image(image)))
          .withMessage("Container.image should not be null or empty.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"busy box", "a@sha256:12", "ünter/ware"})
  void an_image_of_other_characters_is_refused(String image) {
    definitions
        .refused(web(app().image(image)))
        .withMessage("Container.image contains invalid characters.");
  }

  @Test
  void an_image_may_have_a_registry_a_tag_and_a_digest() {
    for (String image :
        List.of(
            "localhost:5000/team/app:1.2",
            "123456789012.dkr.ecr.us-east-1.amazonaws.com/app",
            "app@sha256:" + "0a".repeat(32))) {
      assertThat(definitions.only(web(app().image(image))).image()).isEqualTo(image);
    }
  }

  @Test
  void a_container_has_some_memory_if_the_task_has_none() {
    definitions
        .refused(web(app().memory(null)))
        .withMessage(
            "Invalid setting for container 'app'. At least one of 'memory' or"
                + " 'memoryReservation' must be specified.");
    definitions.register(web(app().memory(null)).memory("512"));
    definitions.register(web(app().memory(null).memoryReservation(64)));
  }

  @Test
  void the_limit_of_memory_is_not_below_its_reservation() {
    definitions
        .refused(web(app().memory(64).memoryReservation(128)))
        .withMessage(
            "Invalid setting for container 'app'. 'memory' must be greater than or equal to"
                + " 'memoryReservation'.");
    definitions.register(web(app().memory(128).memoryReservation(128)));
  }

  @Test
  void memory_has_a_least_value_and_cpu_is_not_negative() {
    definitions.refused(web(app().memory(5)));
    definitions.register(web(app().memory(6)));
    definitions.refused(web(app().memoryReservation(0)));
    definitions
        .refused(web(app().cpu(-1)))
        .withMessage("Invalid 'cpu' setting for container 'app'.");
  }

  @Test
  void a_container_has_no_more_memory_than_its_task() {
    definitions
        .refused(web(app().memory(513)).memory("0.5 GB"))
        .withMessage(
            "Invalid setting for container 'app'. The 'memory' setting for container is greater"
                + " than for the task.");
    definitions.register(web(app().memory(512)).memory("0.5 GB"));
  }

  @Test
  void links_are_for_bridges() {
    definitions
        .refused(web(app().links(List.of("db")), container("db")).networkMode("awsvpc"))
        .withMessage("Links are not supported when networkMode=awsvpc.");
    definitions.refused(web(app().links(List.of("db")), container("db")).networkMode("host"));
    definitions
        .refused(web(app().links(List.of("db:database"))))
        .withMessage("Invalid 'links' setting. Unknown container: 'db'");
    definitions.register(web(app().links(List.of("db:database", "db")), container("db")));
  }

  @Test
  void an_awsvpc_container_has_no_network_settings_of_its_own() {
    refusedWithAwsvpc(
        app().hostname("h"), "hostname is not supported on container when networkMode=awsvpc");
    refusedWithAwsvpc(
        app().disableNetworking(true),
        "Disable Networking is not supported on container when networkMode=awsvpc");
    refusedWithAwsvpc(
        app().dnsServers(List.of("1.1.1.1")),
        "DNS servers are not supported on container when networkMode=awsvpc");
    refusedWithAwsvpc(
        app().dnsSearchDomains(List.of("example.com")),
        "DNS servers are not supported on container when networkMode=awsvpc");
    refusedWithAwsvpc(
        app().extraHosts(List.of(new HostEntry("h", "10.0.0.1"))),
        "Extra hosts are not supported on container when networkMode=awsvpc");
  }

  private void refusedWithAwsvpc(ContainerDefinition.Builder container, String text) {
    definitions.refused(web(container).networkMode("awsvpc")).withMessage(text);
    definitions.register(web(container));
  }

  @Test
  void a_secret_shares_its_name_with_no_variable() {
    definitions
        .refused(
            web(
                app()
                    .environment(List.of(new KeyValuePair("DB_HOST", "db")))
                    .secrets(List.of(new Secret("DB_HOST", "/db/host")))))
        .withMessage(
            "The secret name must be unique and not shared with any new or existing environment"
                + " variables set on the container, such as 'DB_HOST'.");
    definitions.refused(
        web(app().secrets(Collections.nCopies(2, new Secret("A", "/a")))).executionRoleArn("r"));
  }

  @Test
  void secrets_environment_files_and_private_registries_need_an_execution_role() {
    var file = new EnvironmentFile("arn:aws:s3:::bucket/web.env", "s3");
    for (ContainerDefinition.Builder container :
        List.of(
            app().secrets(List.of(new Secret("A", "/a"))),
            app()
                .logConfiguration(
                    LogConfiguration.builder()
                        .logDriver("splunk")
                        .secretOptions(List.of(new Secret("splunk-token", "/t")))
                        .build()),
            app().environmentFiles(List.of(file)),
            app().repositoryCredentials(new RepositoryCredentials("registry")))) {
      definitions
          .refused(web(container))
          .withMessageEndingWith(", you must also specify a value for 'executionRoleArn'.");
      definitions.register(web(container).executionRoleArn("role"));
    }
    definitions
        .refused(web(app().secrets(List.of(new Secret("A", "/a")))))
        .withMessage(
            "When you are specifying container secrets, you must also specify a value for"
                + " 'executionRoleArn'.");
  }

  @Test
  void there_are_ten_environment_files_at_most_and_all_are_arns() {
    var file = new EnvironmentFile("arn:aws:s3:::bucket/web.env", "s3");
    definitions
        .refused(
            web(app().environmentFiles(Collections.nCopies(11, file))).executionRoleArn("role"))
        .withMessage(
            "The maximum number of environment files was exceeded. Specify ten or less and try"
                + " again");
    definitions
        .refused(
            web(app().environmentFiles(List.of(new EnvironmentFile("s3://b/web.env", "s3"))))
                .executionRoleArn("role"))
        .withMessage("Invalid arn syntax");
    definitions.refused(
        web(app().environmentFiles(List.of(new EnvironmentFile("arn:aws:s3:::b/web", "s3"))))
            .executionRoleArn("role"));
  }

  @Test
  void granular_timeouts_are_two_seconds_at_least() {
    definitions
        .refused(web(app().startTimeout(1)))
        .withMessage("Granular start timeout on container 'app' must be at least 2 seconds.");
    definitions
        .refused(web(app().stopTimeout(1)))
        .withMessage("Granular stop timeout on container 'app' must be at least 2 seconds.");
    definitions.register(web(app().startTimeout(2).stopTimeout(2)));
  }

  @ParameterizedTest
  @CsvSource({
    "interval, 5, 300",
    "timeout, 2, 60",
    "retries, 1, 10",
    "startPeriod, 0, 300",
  })
  void the_times_of_a_health_check_have_bounds(String setting, int least, int most) {
    definitions.refused(health(setting, least - 1)).withMessageContaining(setting);
    definitions.refused(health(setting, most + 1)).withMessageContaining(setting);
    definitions.register(health(setting, least));
    definitions.register(health(setting, most));
  }

  private static dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest.Builder health(
      String setting, int value) {
    var check = HealthCheck.builder().command(List.of("CMD", "true"));
    switch (setting) {
      case "interval" -> check.interval(value);
      case "timeout" -> check.timeout(value);
      case "retries" -> check.retries(value);
      default -> check.startPeriod(value);
    }
    return web(app().healthCheck(check.build()));
  }

  @Test
  void the_command_of_a_health_check_says_how_to_run_it() {
    for (List<String> command : List.of(List.<String>of(), List.of("curl", "localhost"))) {
      definitions.refused(web(app().healthCheck(HealthCheck.builder().command(command).build())));
    }
    for (String how : List.of("CMD", "CMD-SHELL", "NONE")) {
      definitions.register(
          web(app().healthCheck(HealthCheck.builder().command(List.of(how, "x")).build())));
    }
  }

  @Test
  void a_restart_policy_has_bounds() {
    for (int period : new int[] {59, 1801}) {
      definitions
          .refused(web(app().restartPolicy(new ContainerRestartPolicy(true, null, period))))
          .withMessage(
              "the 'restartAttemptPeriod' setting for container 'app' must be between 60 and"
                  + " 1800");
    }
    definitions.register(web(app().restartPolicy(new ContainerRestartPolicy(true, null, 60))));
    definitions.refused(
        web(
            app()
                .restartPolicy(
                    new ContainerRestartPolicy(true, Collections.nCopies(51, 1), null))));
  }

  @Test
  void a_mount_point_names_a_volume_of_the_task() {
    var mounted = app().mountPoints(List.of(new MountPoint("x", "/x", true)));
    definitions.refused(web(mounted)).withMessage("Unknown volume 'x'.");
    definitions.register(web(mounted).volumes(List.of(Volume.builder().name("x").build())));
  }

  @Test
  void volumes_come_from_a_container_of_the_task() {
    var borrower = app().volumesFrom(List.of(new VolumeFrom("data", null)));
    definitions
        .refused(web(borrower))
        .withMessage("Invalid 'volumesFrom' setting. Unknown container: 'data'");
    definitions.register(web(borrower, container("data")));
  }

  @Test
  void a_soft_limit_is_not_above_the_hard_one() {
    definitions.refused(web(app().ulimits(List.of(new Ulimit("nofile", 2, 1)))));
    definitions.register(
        web(app().ulimits(List.of(new Ulimit("nofile", 1, 1), new Ulimit("core", 2, -1)))));
  }

  @Test
  void a_number_of_gpus_is_a_positive_number() {
    for (String value : List.of("0", "-1", "many", "")) {
      definitions.refused(
          web(app().resourceRequirements(List.of(new ResourceRequirement(value, "GPU")))));
    }
    definitions.register(
        web(app().resourceRequirements(List.of(new ResourceRequirement("2", "GPU")))));
    definitions.refused(
        web(
            app()
                .resourceRequirements(
                    List.of(new ResourceRequirement("device", "InferenceAccelerator")))));
  }

  @Test
  void security_options_and_credential_specs_have_their_forms() {
    for (String option : List.of("no-new-privileges", "apparmor:p", "label:disable")) {
      definitions.register(web(app().dockerSecurityOptions(List.of(option))));
    }
    definitions.refused(web(app().dockerSecurityOptions(List.of("seccomp"))));
    String spec = "credentialspec:arn:aws:s3:::bucket/spec.json";
    definitions.register(web(app().credentialSpecs(List.of(spec))));
    definitions.refused(web(app().credentialSpecs(List.of(spec, spec))));
    definitions.refused(web(app().credentialSpecs(List.of("arn:aws:s3:::bucket"))));
  }

  @Test
  void capabilities_are_those_of_linux() {
    definitions.register(
        web(linux(LinuxParameters.builder().capabilities(capabilities("NET_ADMIN", "ALL")))));
    definitions
        .refused(web(linux(LinuxParameters.builder().capabilities(capabilities("FLY", "ALL")))))
        .withMessageContaining("'FLY'");
    definitions.refused(
        web(linux(LinuxParameters.builder().capabilities(capabilities("CHOWN", "SWIM")))));
  }

  private static KernelCapabilities capabilities(String add, String drop) {
    return new KernelCapabilities(List.of(add), List.of(drop));
  }

  private static ContainerDefinition.Builder linux(LinuxParameters.Builder parameters) {
    return app().linuxParameters(parameters.build());
  }

  @Test
  void swap_shared_memory_and_tmpfs_have_bounds() {
    for (LinuxParameters.Builder wrong :
        List.of(
            LinuxParameters.builder().maxSwap(-1),
            LinuxParameters.builder().swappiness(-1),
            LinuxParameters.builder().swappiness(101),
            LinuxParameters.builder().sharedMemorySize(0),
            LinuxParameters.builder().tmpfs(List.of(new Tmpfs("/t", 0, null))))) {
      definitions.refused(web(linux(wrong)));
    }
    definitions.register(
        web(
            linux(
                LinuxParameters.builder()
                    .maxSwap(0)
                    .swappiness(100)
                    .sharedMemorySize(64)
                    .tmpfs(List.of(new Tmpfs("/t", 1, List.of("ro")))))));
  }

  @Test
  void a_containers_system_controls_leave_the_host_alone() {
    var network = app().systemControls(List.of(new SystemControl("net.core.somaxconn", "9")));
    definitions.register(web(network));
    definitions.refused(web(network).networkMode("host"));
    var queues = app().systemControls(List.of(new SystemControl("fs.mqueue.msg_max", "9")));
    definitions.register(web(queues).networkMode("host"));
    definitions.refused(web(queues).ipcMode("host"));
  }
}
