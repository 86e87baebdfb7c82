package dev.longshore.bench.placement;

import com.netflix.fenzo.ConstraintEvaluator;
import com.netflix.fenzo.TaskRequest;
import com.netflix.fenzo.VMTaskFitnessCalculator;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task as Fenzo asks about it; Fenzo keeps what it assigned in it. */
final class FenzoTask implements TaskRequest {
  final int kind;
  private final String id;
  private final Kind asked;
  private final List<ConstraintEvaluator> constraints;
  private @Nullable AssignedResources assigned;

  FenzoTask(String id, int kind, Kind asked, List<ConstraintEvaluator> constraints) {
    this.id = id;
    this.kind = kind;
    this.asked = asked;
    this.constraints = constraints;
  }

  @Override
  public String getId() {
    return id;
  }

  @Override
  public String taskGroupName() {
    return asked.name();
  }

  @Override
  public double getCPUs() {
    return asked.cpu();
  }

  @Override
  public double getMemory() {
    return asked.memory();
  }

  @Override
  public double getNetworkMbps() {
    return 0;
  }

  @Override
  public double getDisk() {
    return 0;
  }

  @Override
  public int getPorts() {
    return 0;
  }

  @Override
  public @Nullable Map<String, Double> getScalarRequests() {
    return null;
  }

  @Override
  public Map<String, NamedResourceSetRequest> getCustomNamedResources() {
    return Collections.emptyMap();
  }

  @Override
  public List<ConstraintEvaluator> getHardConstraints() {
    return constraints;
  }

  @Override
  public List<VMTaskFitnessCalculator> getSoftConstraints() {
    return List.of();
  }

  @Override
  public void setAssignedResources(AssignedResources resources) {
    assigned = resources;
  }

  @Override
  public @Nullable AssignedResources getAssignedResources() {
    return assigned;
  }
}
