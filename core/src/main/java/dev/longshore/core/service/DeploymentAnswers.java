package dev.longshore.core.service;

import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.model.StageHook;
import dev.longshore.core.model.StageProgress;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskCounts;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookDetail;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookTargetType;
import dev.longshore.shapes.ecs.ServiceDeploymentBrief;
import dev.longshore.shapes.ecs.ServiceDeploymentCircuitBreaker;
import dev.longshore.shapes.ecs.ServiceDeploymentLifecycleStage;
import dev.longshore.shapes.ecs.ServiceDeploymentRollbackMonitorsStatus;
import dev.longshore.shapes.ecs.ServiceRevisionSummary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the API shows of a service deployment. */
final class DeploymentAnswers {
  private static final double WHOLE = 100;

  private DeploymentAnswers() {}

  static ServiceDeploymentBrief brief(ServiceDeployment row) {
    return ServiceDeploymentBrief.builder()
        .serviceDeploymentArn(row.arn())
        .serviceArn(row.serviceArn())
        .clusterArn(row.clusterArn())
        .startedAt(row.startedAt())
        .createdAt(row.createdAt())
        .finishedAt(row.finishedAt())
        .targetServiceRevisionArn(row.targetRevisionArn())
        .status(row.status().name())
        .statusReason(row.statusReason())
        .build();
  }

  static dev.longshore.shapes.ecs.ServiceDeployment deployment(View view, ServiceDeployment row) {
    Service service = view.find(Service.KIND, row.serviceArn());
    List<ServiceRevisionSummary> sources = new ArrayList<>();
    for (String arn : row.sourceRevisionArns()) {
      sources.add(summary(view, service, row, arn));
    }
    return dev.longshore.shapes.ecs.ServiceDeployment.builder()
        .serviceDeploymentArn(row.arn())
        .serviceArn(row.serviceArn())
        .clusterArn(row.clusterArn())
        .createdAt(row.createdAt())
        .startedAt(row.startedAt())
        .finishedAt(row.finishedAt())
        .stoppedAt(row.stoppedAt())
        .updatedAt(row.updatedAt())
        .sourceServiceRevisions(sources)
        .targetServiceRevision(summary(view, service, row, row.targetRevisionArn()))
        .status(row.status().name())
        .statusReason(row.statusReason())
        .deploymentConfiguration(row.configuration())
        .rollback(row.rollback())
        .lifecycleStage(stage(row))
        .lifecycleHookDetails(row.stages() == null ? null : hooks(row.stages()))
        .deploymentCircuitBreaker(breaker(service, row))
        .alarms(Alarms.shown(row))
        .build();
  }

  private static List<DeploymentLifecycleHookDetail> hooks(StageProgress progress) {
    List<DeploymentLifecycleHookDetail> details = new ArrayList<>();
    for (StageHook hook : progress.hooks()) {
      details.add(
          DeploymentLifecycleHookDetail.builder()
              .hookId(hook.id())
              .targetType(
                  hook.isPause()
                      ? DeploymentLifecycleHookTargetType.PAUSE
                      : DeploymentLifecycleHookTargetType.AWS_LAMBDA)
              .targetArn(hook.functionArn())
              .status(hook.status())
              .expiresAt(hook.expiresAt())
              .timeoutAction(hook.timeoutAction())
              .build());
    }
    return details;
  }

  private static @Nullable String stage(ServiceDeployment row) {
    if (row.status().isFinal()) {
      return null;
    }
    if (row.stages() != null) {
      return row.stages().stage().name();
    }
    return row.bakingSince() == null ? null : ServiceDeploymentLifecycleStage.BAKE_TIME;
  }

  /** How it stood when the deployment ended, or stands now. */
  private static @Nullable ServiceDeploymentCircuitBreaker breaker(
      @Nullable Service service, ServiceDeployment row) {
    return row.circuitBreaker() != null || service == null || service.deployments().isEmpty()
        ? row.circuitBreaker()
        : CircuitBreaker.of(ServiceDeployments.configuration(service))
            .shown(service, ServiceDeploymentRollbackMonitorsStatus.MONITORING);
  }

  /** How many tasks a revision is to have and has by now. */
  private static ServiceRevisionSummary summary(
      View view, @Nullable Service service, ServiceDeployment row, String revisionArn) {
    StageProgress stages = row.stages();
    boolean target = revisionArn.equals(row.targetRevisionArn());
    String id = "ecs-svc/" + revisionArn.substring(revisionArn.lastIndexOf('/') + 1);
    TaskCounts counts = view.total(Task.COUNTS, id);
    return ServiceRevisionSummary.builder()
        .arn(revisionArn)
        .requestedTaskCount(service == null ? 0 : requested(service, id, counts))
        .runningTaskCount(counts.running())
        .pendingTaskCount(counts.pending())
        .requestedTestTrafficWeight(stages == null ? null : weight(target, stages.testWeight()))
        .requestedProductionTrafficWeight(
            stages == null ? null : weight(target, stages.productionWeight()))
        .build();
  }

  private static double weight(boolean target, double percent) {
    return target ? percent : WHOLE - percent;
  }

  private static int requested(Service service, String id, TaskCounts counts) {
    for (Deployment deployment : service.deployments()) {
      if (deployment.id().equals(id)) {
        return ServiceAnswers.requested(service, deployment, counts);
      }
    }
    return 0;
  }
}
