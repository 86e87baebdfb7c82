package dev.longshore.core.taskdefinition;

import dev.longshore.shapes.ecs.CPUArchitecture;
import dev.longshore.shapes.ecs.Compatibility;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.RuntimePlatform;
import java.util.List;

/** What a definition could be launched on, whatever it asks to be checked for. */
final class Compatibilities {
  private Compatibilities() {}

  /**
   * The compatibilities, in the order that ECS gives them.
   *
   * @param request that meets the rules
   */
  static List<String> of(RegisterTaskDefinitionRequest request) {
    if (!Rules.isAwsvpc(request)) {
      return List.of(Compatibility.EXTERNAL, Compatibility.EC2);
    }
    if (request.cpu() == null || request.memory() == null) {
      return List.of(Compatibility.EC2);
    }
    List<String> all = inOrder(request);
    return FargateRules.allow(request)
        ? all
        : all.stream().filter(name -> !name.equals(Compatibility.FARGATE)).toList();
  }

  private static List<String> inOrder(RegisterTaskDefinitionRequest request) {
    if (FargateRules.isWindows(request)) {
      return List.of(Compatibility.EC2, Compatibility.FARGATE);
    }
    RuntimePlatform platform = request.runtimePlatform();
    return platform != null && CPUArchitecture.ARM64.equals(platform.cpuArchitecture())
        ? List.of(Compatibility.EC2, Compatibility.FARGATE, Compatibility.MANAGED_INSTANCES)
        : List.of(Compatibility.EC2, Compatibility.MANAGED_INSTANCES, Compatibility.FARGATE);
  }
}
