package dev.longshore.core.event;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceAction;
import dev.longshore.core.model.ServiceEvent;
import dev.longshore.core.state.View;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of services. */
final class ServiceEvents {
  private ServiceEvents() {}

  /** What an event of a service is for programs; null where it is only for people. */
  static @Nullable EcsEvent action(ServiceEvent event, View view) {
    ServiceAction action = event.action();
    Service service = view.find(Service.KIND, event.serviceArn());
    return action == null || service == null ? null : action(service, action, event.createdAt());
  }

  private static EcsEvent action(Service service, ServiceAction action, Instant at) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("eventType", action.type());
    detail.put("eventName", action.name());
    detail.put("clusterArn", service.clusterArn());
    detail.put("createdAt", Details.time(at));
    if (!action.containerInstanceArns().isEmpty()) {
      detail.put("containerInstanceArns", action.containerInstanceArns());
    }
    if (action.reason() != null) {
      detail.put("reason", action.reason());
    }
    return new EcsEvent(EcsEvent.SERVICE_ACTION, List.of(service.arn()), at, detail);
  }

  /** That the scheduler counted anew how many tasks there ought to be; null where it did not. */
  static @Nullable EcsEvent counted(@Nullable Service before, Service after, Instant at) {
    if (before == null
        || !after.isActive()
        || !after.isDaemon()
        || before.desiredCount() == after.desiredCount()) {
      return null;
    }
    EcsEvent event = action(after, ServiceAction.info("SERVICE_DESIRED_COUNT_UPDATED"), at);
    event.detail().put("desiredCount", after.desiredCount());
    return event;
  }
}
