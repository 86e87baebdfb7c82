package dev.longshore.core.taskdefinition;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.EFSVolumeConfiguration;
import dev.longshore.shapes.ecs.FirelensConfiguration;
import dev.longshore.shapes.ecs.LogConfiguration;
import dev.longshore.shapes.ecs.LogDriver;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.Secret;
import dev.longshore.shapes.ecs.Volume;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that a container instance must have to run a definition's tasks. Agents register
 * them as their capabilities; placement passes over instances that lack one.
 */
final class RequiredAttributes {
  private static final String AGENT = "com.amazonaws.ecs.capability.";
  private static final String ECS = "ecs.capability.";

  private final RegisterTaskDefinitionRequest request;
  private final Set<String> names = new LinkedHashSet<>();

  private RequiredAttributes(RegisterTaskDefinitionRequest request) {
    this.request = request;
  }

  /** The attributes, each once; empty for a plain definition. */
  static List<Attribute> of(RegisterTaskDefinitionRequest request) {
    RequiredAttributes attributes = new RequiredAttributes(request);
    attributes.addTask();
    Given.list(request.volumes()).forEach(attributes::addVolume);
    request.containerDefinitions().forEach(attributes::addContainer);
    return attributes.names.stream().map(name -> Attribute.builder().name(name).build()).toList();
  }

  private void agent(boolean needed, String name) {
    if (needed) {
      names.add(AGENT + name);
    }
  }

  private void ecs(boolean needed, String name) {
    if (needed) {
      names.add(ECS + name);
    }
  }

  private void docker(boolean needed, String apiVersion) {
    agent(needed, "docker-remote-api." + apiVersion);
  }

  private void addTask() {
    docker(Rules.isAwsvpc(request), "1.18");
    ecs(Rules.isAwsvpc(request), "task-eni");
    boolean host = "host".equals(request.networkMode());
    agent(request.taskRoleArn() != null, host ? "task-iam-role-network-host" : "task-iam-role");
    ecs(request.pidMode() != null || request.ipcMode() != null, "pid-ipc-namespace-sharing");
    ecs(request.proxyConfiguration() != null, "aws-appmesh");
    ecs(Boolean.TRUE.equals(request.enableFaultInjection()), "fault-injection");
  }

  private void addVolume(Volume volume) {
    if (volume.dockerVolumeConfiguration() != null) {
      String driver = volume.dockerVolumeConfiguration().driver();
      ecs(true, "docker-plugin." + (driver == null ? "local" : driver));
      docker(true, "1.25");
    }
    EFSVolumeConfiguration efs = volume.efsVolumeConfiguration();
    if (efs != null) {
      ecs(true, "efs");
      ecs(efs.authorizationConfig() != null || efs.transitEncryption() != null, "efsAuth");
      docker(true, "1.25");
    }
    ecs(volume.fsxWindowsFileServerVolumeConfiguration() != null, "fsxWindowsFileServer");
    ecs(volume.s3filesVolumeConfiguration() != null, "storage.s3-files");
    ecs(VolumeRules.isConfiguredAtLaunch(volume), "storage.ebs-task-volume-attach");
  }

  private void addContainer(ContainerDefinition container) {
    ecs(
        !Given.list(container.dependsOn()).isEmpty()
            || container.startTimeout() != null
            || container.stopTimeout() != null,
        "container-ordering");
    addImage(container);
    addLog(container.logConfiguration());
    addRouter(container.firelensConfiguration());
    addSecrets(container.secrets(), "environment-variables");
    ecs(!Given.list(container.environmentFiles()).isEmpty(), "env-files.s3");
    ecs(container.healthCheck() != null, "container-health-check");
    docker(container.healthCheck() != null, "1.24");
    agent(Boolean.TRUE.equals(container.privileged()), "privileged-container");
    docker(container.memoryReservation() != null, "1.21");
    docker(
        container.linuxParameters() != null
            && Boolean.TRUE.equals(container.linuxParameters().initProcessEnabled()),
        "1.25");
    ecs(
        container.restartPolicy() != null && container.restartPolicy().enabled(),
        "container-restart-policy");
    ecs(
        Given.list(container.portMappings()).stream()
            .anyMatch(mapping -> mapping.containerPortRange() != null),
        "network.container-port-range");
    docker(
        !Given.list(container.ulimits()).isEmpty()
            || (container.dockerLabels() != null && !container.dockerLabels().isEmpty()),
        "1.18");
  }

  private void addImage(ContainerDefinition container) {
    boolean ecr = Images.isInEcr(container.image());
    agent(ecr, "ecr-auth");
    docker(ecr, "1.19");
    ecs(ecr && request.executionRoleArn() != null, "execution-role-ecr-pull");
    ecs(
        container.repositoryCredentials() != null,
        "private-registry-authentication.secretsmanager");
  }

  private void addLog(@Nullable LogConfiguration log) {
    if (log == null) {
      return;
    }
    boolean awslogs = log.logDriver().equals(LogDriver.AWSLOGS);
    agent(true, "logging-driver." + log.logDriver());
    docker(true, awslogs ? "1.19" : "1.18");
    ecs(awslogs && request.executionRoleArn() != null, "execution-role-awslogs");
    ecs(
        log.logDriver().equals(LogDriver.AWSFIRELENS)
            && LogRules.has(log.options(), "log-driver-buffer-limit"),
        "logging-driver.awsfirelens.log-driver-buffer-limit");
    addSecrets(log.secretOptions(), "bootstrap.log-driver");
  }

  private void addRouter(@Nullable FirelensConfiguration router) {
    if (router == null) {
      return;
    }
    ecs(true, "firelens." + router.type());
    String type = LogRules.option(router.options(), "config-file-type");
    ecs(type != null, "firelens.options.config." + type);
  }

  /** A secret is one of Secrets Manager's by its ARN; anything else is a parameter of SSM. */
  private void addSecrets(@Nullable List<Secret> secrets, String use) {
    for (Secret secret : Given.list(secrets)) {
      boolean manager = secret.valueFrom().contains(":secretsmanager:");
      ecs(true, (manager ? "secrets.asm." : "secrets.ssm.") + use);
    }
  }
}
