package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.shapes.ecs.ContainerImage;
import dev.longshore.shapes.ecs.ServiceConnectConfiguration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of one deployment are made of. It never changes, but for the digests of its
 * images, which its first running task tells.
 *
 * @param shape as the API shows it; its container images are absent until a task has run
 */
public record ServiceRevision(
    String arn, String serviceArn, dev.longshore.shapes.ecs.ServiceRevision shape) {
  private static final String STARTER = "ecs-svc/";

  /** Keyed by ARN. */
  public static final Kind<ServiceRevision> KIND =
      Kind.of("serviceRevision", ServiceRevision.class, ServiceRevision::arn);

  /** Buckets by service ARN. */
  public static final Index<ServiceRevision> BY_SERVICE =
      KIND.index("service", ServiceRevision::serviceArn);

  /** Buckets by the namespace that a revision's tasks are connected in. */
  public static final Index<ServiceRevision> BY_NAMESPACE =
      KIND.index("namespace", ServiceRevision::namespace);

  private @Nullable String namespace() {
    ServiceConnectConfiguration connect = shape.serviceConnectConfiguration();
    return connect == null || !connect.enabled() ? null : connect.namespace();
  }

  /**
   * The ARN of the revision whose tasks a deployment has.
   *
   * @param deploymentId {@code ecs-svc/} and the revision's number
   */
  public static String arnOf(String serviceArn, String deploymentId) {
    return serviceArn.replaceFirst(":service/", ":service-revision/")
        + '/'
        + deploymentId.substring(STARTER.length());
  }

  /** The id of the deployment whose tasks are of this revision. */
  public String deploymentId() {
    return STARTER + arn.substring(arn.lastIndexOf('/') + 1);
  }

  public String taskDefinitionArn() {
    return Objects.requireNonNull(shape.taskDefinition());
  }

  /** Whether it was looked for its images' digests, found or not. */
  public boolean isResolved() {
    return shape.containerImages() != null;
  }

  /** This revision with what its containers' images stand for. */
  public ServiceRevision withImages(List<ContainerImage> images) {
    return new ServiceRevision(arn, serviceArn, shape.toBuilder().containerImages(images).build());
  }
}
