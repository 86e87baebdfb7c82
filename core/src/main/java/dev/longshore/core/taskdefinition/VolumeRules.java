package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Rules.demand;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.DockerVolumeConfiguration;
import dev.longshore.shapes.ecs.EFSAuthorizationConfig;
import dev.longshore.shapes.ecs.EFSAuthorizationConfigIAM;
import dev.longshore.shapes.ecs.EFSTransitEncryption;
import dev.longshore.shapes.ecs.EFSVolumeConfiguration;
import dev.longshore.shapes.ecs.MountPoint;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.Scope;
import dev.longshore.shapes.ecs.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The rules for volumes. */
final class VolumeRules {
  private VolumeRules() {}

  static void check(RegisterTaskDefinitionRequest request) {
    Set<String> names = new TreeSet<>();
    for (Volume volume : Given.list(request.volumes())) {
      checkName(volume, names);
      checkOneKind(volume);
      if (volume.dockerVolumeConfiguration() != null) {
        checkDocker(volume, volume.dockerVolumeConfiguration());
      }
      if (volume.efsVolumeConfiguration() != null) {
        checkEfs(volume.efsVolumeConfiguration());
      }
      demand(
          volume.s3filesVolumeConfiguration() == null || request.taskRoleArn() != null,
          "When you are specifying S3 Files volumes, you must also specify a value for"
              + " 'taskRoleArn'.");
    }
    checkMounted(request);
  }

  private static void checkName(Volume volume, Set<String> names) {
    String name = volume.name();
    if (name == null) {
      demand(
          volume.efsVolumeConfiguration() == null
              && volume.s3filesVolumeConfiguration() == null
              && !isConfiguredAtLaunch(volume),
          "Volume.name should not be null or empty.");
      return;
    }
    demand(Rules.isName(name), "Volume.name contains invalid characters.");
    demand(names.add(name), "Volume names must be unique within a task definition");
  }

  private static void checkOneKind(Volume volume) {
    long kinds =
        Stream.of(
                volume.host(),
                volume.dockerVolumeConfiguration(),
                volume.efsVolumeConfiguration(),
                volume.s3filesVolumeConfiguration(),
                volume.fsxWindowsFileServerVolumeConfiguration(),
                isConfiguredAtLaunch(volume) ? volume : null)
            .filter(Objects::nonNull)
            .count();
    demand(kinds <= 1, "Volume '" + volume.name() + "' can have only one type of configuration.");
  }

  private static void checkDocker(Volume volume, DockerVolumeConfiguration docker) {
    demand(
        !Boolean.TRUE.equals(docker.autoprovision()) || Scope.SHARED.equals(docker.scope()),
        "Volume '"
            + volume.name()
            + "' cannot be autoprovisioned. Only volumes with scope 'shared' can.");
  }

  private static void checkEfs(EFSVolumeConfiguration efs) {
    boolean encrypted = EFSTransitEncryption.ENABLED.equals(efs.transitEncryption());
    demand(
        encrypted || efs.transitEncryptionPort() == null,
        "TransitEncryptionPort requires that TransitEncryption is enabled");
    EFSAuthorizationConfig authorization = efs.authorizationConfig();
    if (authorization == null) {
      return;
    }
    demand(
        encrypted || !EFSAuthorizationConfigIAM.ENABLED.equals(authorization.iam()),
        "EFS IAM authorization requires TransitEncryption to be enabled");
    String root = efs.rootDirectory();
    demand(
        authorization.accessPointId() == null || root == null || root.equals("/"),
        "When using an EFS access point, the root directory must either be set to \"/\" or be"
            + " omitted");
  }

  private static void checkMounted(RegisterTaskDefinitionRequest request) {
    List<String> unused = new ArrayList<>();
    for (Volume volume : Given.list(request.volumes())) {
      if (isConfiguredAtLaunch(volume) && !isMounted(request, volume)) {
        unused.add(Given.text(volume.name()));
      }
    }
    demand(
        unused.isEmpty(),
        "Volumes [" + String.join(", ", unused) + "] are not referenced by any of the containers");
  }

  private static boolean isMounted(RegisterTaskDefinitionRequest request, Volume volume) {
    for (ContainerDefinition container : request.containerDefinitions()) {
      for (MountPoint mount : Given.list(container.mountPoints())) {
        if (Objects.equals(volume.name(), mount.sourceVolume())) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean isConfiguredAtLaunch(Volume volume) {
    return Boolean.TRUE.equals(volume.configuredAtLaunch());
  }
}
