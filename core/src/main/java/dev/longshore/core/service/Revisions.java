package dev.longshore.core.service;

import static dev.longshore.core.operation.Given.list;

import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceRevision;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.core.taskdefinition.TaskDefinitions;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.ContainerImage;
import dev.longshore.shapes.ecs.UpdateServiceRequest;
import dev.longshore.shapes.ecs.VersionConsistency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes and compares what the tasks of a service are made of. */
final class Revisions {
  /** So many tasks are asked for their images' digests at a look; one that runs is enough. */
  private static final int ASKED = 16;

  private Revisions() {}

  /** Puts the revision that a deployment's tasks are of. */
  static void begin(
      Draft draft,
      Service service,
      Deployment deployment,
      dev.longshore.shapes.ecs.ServiceRevision content,
      Instant now) {
    String arn = ServiceRevision.arnOf(service.arn(), deployment.id());
    dev.longshore.shapes.ecs.ServiceRevision shape =
        content.toBuilder()
            .resolvedConfiguration(LoadBalancing.resolved(draft, service, content))
            .serviceRevisionArn(arn)
            .serviceArn(service.arn())
            .clusterArn(service.clusterArn())
            .createdAt(now)
            .build();
    draft.put(ServiceRevision.KIND, new ServiceRevision(arn, service.arn(), shape));
  }

  /** What tasks of a service as specified would be made of. */
  static dev.longshore.shapes.ecs.ServiceRevision content(
      dev.longshore.shapes.ecs.Service specification) {
    return dev.longshore.shapes.ecs.ServiceRevision.builder()
        .taskDefinition(specification.taskDefinition())
        .launchType(specification.launchType())
        .capacityProviderStrategy(specification.capacityProviderStrategy())
        .platformVersion(specification.platformVersion())
        .platformFamily(specification.platformFamily())
        .loadBalancers(list(specification.loadBalancers()))
        .serviceRegistries(list(specification.serviceRegistries()))
        .networkConfiguration(specification.networkConfiguration())
        .build();
  }

  /**
   * What tasks would be made of after an update: the fields that start a deployment if another
   * value is given for them. An empty list clears.
   *
   * @param before the newest revision's content
   * @param taskDefinitionArn the one asked for, else the one there was
   */
  static dev.longshore.shapes.ecs.ServiceRevision updated(
      dev.longshore.shapes.ecs.ServiceRevision before,
      UpdateServiceRequest request,
      String taskDefinitionArn) {
    dev.longshore.shapes.ecs.ServiceRevision.Builder after =
        before.toBuilder().taskDefinition(taskDefinitionArn);
    if (request.networkConfiguration() != null) {
      after.networkConfiguration(request.networkConfiguration());
    }
    if (request.platformVersion() != null) {
      after.platformVersion(request.platformVersion());
    }
    if (request.loadBalancers() != null) {
      after.loadBalancers(request.loadBalancers());
    }
    if (request.serviceRegistries() != null) {
      after.serviceRegistries(request.serviceRegistries());
    }
    if (request.serviceConnectConfiguration() != null) {
      after.serviceConnectConfiguration(request.serviceConnectConfiguration());
    }
    if (request.volumeConfigurations() != null) {
      after.volumeConfigurations(request.volumeConfigurations());
    }
    if (request.vpcLatticeConfigurations() != null) {
      after.vpcLatticeConfigurations(request.vpcLatticeConfigurations());
    }
    return after.build();
  }

  /** The content of a service's newest revision, without what belongs to this revision alone. */
  static dev.longshore.shapes.ecs.ServiceRevision content(View view, Service service) {
    ServiceRevision revision = find(view, service, service.primary());
    return revision == null
        ? content(service.specification())
        : revision.shape().toBuilder()
            .serviceRevisionArn(null)
            .serviceArn(null)
            .clusterArn(null)
            .createdAt(null)
            .containerImages(null)
            .resolvedConfiguration(null)
            .build();
  }

  /** The specification of a service that goes back to an older revision. */
  static dev.longshore.shapes.ecs.Service restored(
      dev.longshore.shapes.ecs.Service specification, ServiceRevision to) {
    return specification.toBuilder()
        .taskDefinition(to.shape().taskDefinition())
        .platformVersion(to.shape().platformVersion())
        .loadBalancers(to.shape().loadBalancers())
        .serviceRegistries(to.shape().serviceRegistries())
        .networkConfiguration(to.shape().networkConfiguration())
        .build();
  }

  static @Nullable ServiceRevision find(View view, Service service, Deployment deployment) {
    return view.find(ServiceRevision.KIND, ServiceRevision.arnOf(service.arn(), deployment.id()));
  }

  /** By container: the digest that its image's name stands for in tasks of that deployment. */
  static Map<String, String> digests(View view, Service service, Deployment deployment) {
    Map<String, String> digests = new LinkedHashMap<>();
    for (ContainerImage image : list(images(view, service, deployment))) {
      if (image.containerName() != null && image.imageDigest() != null) {
        digests.put(image.containerName(), image.imageDigest());
      }
    }
    return digests;
  }

  private static @Nullable List<ContainerImage> images(
      View view, Service service, Deployment deployment) {
    if (service.hasTaskSets()) {
      TaskSet set = view.find(TaskSet.KIND, TaskSet.arnOf(service.arn(), deployment.id()));
      return set == null ? null : set.images();
    }
    ServiceRevision revision = find(view, service, deployment);
    return revision == null ? null : revision.shape().containerImages();
  }

  /** Notes what the images of the newest revision stand for, once one of its tasks runs. */
  static void resolve(Draft draft, Service service) {
    Deployment deployment = service.primary();
    ServiceRevision revision = find(draft, service, deployment);
    Task task =
        revision == null || revision.isResolved() ? null : firstRunning(draft, deployment.id());
    if (revision != null && task != null) {
      draft.put(ServiceRevision.KIND, revision.withImages(images(draft, task)));
    }
  }

  /** The task set with what its images stand for, once one of its tasks runs. */
  static TaskSet resolved(View view, TaskSet taskSet) {
    Task task = taskSet.images() == null ? firstRunning(view, taskSet.id()) : null;
    return task == null ? taskSet : taskSet.withImages(images(view, task));
  }

  private static @Nullable Task firstRunning(View view, String deploymentId) {
    int asked = 0;
    for (Task task : view.by(Task.WANTED_OF_DEPLOYMENT, deploymentId)) {
      if (task.lastStatus() == TaskStatus.RUNNING) {
        return task;
      }
      if (++asked == ASKED) {
        return null;
      }
    }
    return null;
  }

  private static List<ContainerImage> images(View view, Task task) {
    List<ContainerImage> images = new ArrayList<>();
    TaskDefinition definition = TaskDefinitions.row(view, task.taskDefinitionArn());
    for (TaskContainer container : task.containers()) {
      boolean pinned = definition != null && isPinned(definition, container.name());
      images.add(
          ContainerImage.builder()
              .containerName(container.name())
              .image(container.image())
              .imageDigest(pinned ? container.imageDigest() : null)
              .build());
    }
    return List.copyOf(images);
  }

  private static boolean isPinned(TaskDefinition definition, String container) {
    for (ContainerDefinition each : list(definition.definition().containerDefinitions())) {
      if (container.equals(each.name())) {
        return !VersionConsistency.DISABLED.equals(each.versionConsistency());
      }
    }
    return false;
  }
}
