package dev.longshore.server;

import dev.longshore.core.access.EcsNeeds;
import dev.longshore.core.capacity.CapacityRoom;
import dev.longshore.core.cluster.ClusterRoom;
import dev.longshore.core.instance.InstanceRoom;
import dev.longshore.core.operation.Operations;
import dev.longshore.core.service.ServiceRoom;
import dev.longshore.core.service.ServiceSettings;
import dev.longshore.core.setting.SettingRoom;
import dev.longshore.core.tag.TagRoom;
import dev.longshore.core.task.TaskRoom;
import dev.longshore.core.taskdefinition.TaskDefinitionRoom;
import dev.longshore.server.fleet.DiscoverPollEndpoint;
import dev.longshore.shapes.ecs.Ecs;
import java.util.function.Supplier;

/** Every operation of every room; the order of the rooms is the order of their reconcilers. */
final class EcsOperations {
  private EcsOperations() {}

  /**
   * @param agentsAddress where agents are told to connect
   */
  static Operations all(ServiceSettings services, Supplier<String> agentsAddress) {
    Operations operations = new Operations(Ecs.MODEL);
    operations.needs(new EcsNeeds());
    ClusterRoom.register(operations);
    InstanceRoom.register(operations);
    TaskDefinitionRoom.register(operations);
    TaskRoom.register(operations);
    ServiceRoom.register(operations, services);
    TagRoom.register(operations);
    SettingRoom.register(operations);
    CapacityRoom.register(operations);
    operations.query("DiscoverPollEndpoint", new DiscoverPollEndpoint(agentsAddress));
    return operations;
  }
}
