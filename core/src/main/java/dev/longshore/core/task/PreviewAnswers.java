package dev.longshore.core.task;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.placement.Demand;
import dev.longshore.core.placement.Explanation;
import dev.longshore.core.placement.Hindrance;
import dev.longshore.core.placement.Preference;
import dev.longshore.core.placement.Stage;
import dev.longshore.core.placement.Verdict;
import dev.longshore.core.placement.language.Expression;
import dev.longshore.shapes.ecs.PlacementStrategy;
import dev.longshore.shapes.longshore.CountedObstacle;
import dev.longshore.shapes.longshore.CountedStage;
import dev.longshore.shapes.longshore.ExaminedInstance;
import dev.longshore.shapes.longshore.Obstacle;
import dev.longshore.shapes.longshore.Place;
import dev.longshore.shapes.longshore.Preview;
import java.util.ArrayList;
import java.util.List;

/** Words dry runs as the API shows them, field by field. */
public final class PreviewAnswers {
  private PreviewAnswers() {}

  /** The answer that a dry run is. */
  public static Preview of(DryRun run) {
    return Preview.builder()
        .places(run.places().stream().map(PreviewAnswers::place).toList())
        .next(explanation(run.next()))
        .build();
  }

  private static Place place(ContainerInstance instance) {
    return Place.builder()
        .containerInstanceArn(instance.arn())
        .ec2InstanceId(instance.ec2InstanceId())
        .availabilityZone(instance.availabilityZone())
        .build();
  }

  private static dev.longshore.shapes.longshore.Explanation explanation(Explanation explanation) {
    return dev.longshore.shapes.longshore.Explanation.builder()
        .group(explanation.group())
        .demand(demand(explanation.demand()))
        .registeredInstances(explanation.registered())
        .stages(stages(explanation))
        .instances(explanation.verdicts().stream().map(PreviewAnswers::examined).toList())
        .build();
  }

  private static dev.longshore.shapes.longshore.Demand demand(Demand demand) {
    return dev.longshore.shapes.longshore.Demand.builder()
        .launchType(demand.launchType())
        .cpu(demand.cpu())
        .memory(demand.memory())
        .hostPorts(
            demand.ports().stream().map(port -> port.port() + "/" + port.protocol()).toList())
        .gpus(demand.gpus())
        .networkInterfaces(demand.networkInterfaces())
        .requiresAttributes(demand.attributes())
        .memberOf(demand.memberOf().stream().map(Expression::text).toList())
        .distinctInstance(demand.distinctInstance())
        .strategies(demand.preferences().stream().map(PreviewAnswers::strategy).toList())
        .build();
  }

  private static PlacementStrategy strategy(Preference preference) {
    return switch (preference) {
      case Preference.SpreadOverInstances spread -> new PlacementStrategy("spread", "instanceId");
      case Preference.SpreadOverAttribute spread ->
          new PlacementStrategy("spread", "attribute:" + spread.name());
      case Preference.BinpackCpu binpack -> new PlacementStrategy("binpack", "cpu");
      case Preference.BinpackMemory binpack -> new PlacementStrategy("binpack", "memory");
    };
  }

  private static List<CountedStage> stages(Explanation explanation) {
    List<CountedStage> stages = new ArrayList<>();
    explanation
        .stages()
        .forEach((stage, count) ->
            stages.add(new CountedStage(stage.name(), count, obstacles(explanation, stage))));
    return stages;
  }

  private static List<CountedObstacle> obstacles(Explanation explanation, Stage stage) {
    return explanation.obstacles().entrySet().stream()
        .filter(entry -> entry.getKey().stage() == stage)
        .map(entry ->
            new CountedObstacle(entry.getKey().name(), entry.getKey().reason(), entry.getValue()))
        .toList();
  }

  private static ExaminedInstance examined(Verdict verdict) {
    return ExaminedInstance.builder()
        .containerInstanceArn(verdict.instance().arn())
        .ec2InstanceId(verdict.instance().ec2InstanceId())
        .availabilityZone(verdict.instance().availabilityZone())
        .stage(verdict.stage().name())
        .obstacles(verdict.hindrances().stream().map(PreviewAnswers::obstacle).toList())
        .remainingCpu(verdict.cpu())
        .remainingMemory(verdict.memory())
        .remainingGpus(verdict.gpus())
        .remainingNetworkInterfaces(verdict.networkInterfaces())
        .groupTasks(verdict.groupTasks())
        .ranks(verdict.ranks())
        .build();
  }

  private static Obstacle obstacle(Hindrance hindrance) {
    return new Obstacle(
        hindrance.obstacle().name(), hindrance.obstacle().reason(), hindrance.detail());
  }
}
