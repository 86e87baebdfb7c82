package dev.longshore.core.instance;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.placement.language.Subject;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.VersionInfo;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Shows a container instance and its tasks to an expression. */
record InstanceSubject(View view, ContainerInstance instance) implements Subject {
  @Override
  public @Nullable String attribute(String name) {
    return instance.attribute(name);
  }

  @Override
  public boolean agentConnected() {
    return instance.agentConnected();
  }

  @Override
  public @Nullable String agentVersion() {
    VersionInfo info = instance.versionInfo();
    return info == null ? null : info.agentVersion();
  }

  @Override
  public @Nullable String ec2InstanceId() {
    return instance.ec2InstanceId();
  }

  @Override
  public Instant registeredAt() {
    return instance.registeredAt();
  }

  @Override
  public int runningTasksCount() {
    return view.total(Task.USAGE, instance.arn()).running();
  }

  @Override
  public boolean hasTaskOf(Predicate<String> group) {
    for (Task task : view.by(Task.ON_INSTANCE, instance.arn())) {
      if (!task.stopping() && group.test(task.group())) {
        return true;
      }
    }
    return false;
  }
}
