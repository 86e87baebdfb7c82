package dev.longshore.core.service;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceAction;
import dev.longshore.core.model.ServiceEvent;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the events of one service; the newest hundred are kept. */
final class ServiceEvents {
  /** So many events of a service are kept. */
  static final int KEPT = 100;

  /** So many tasks are named in one event. */
  private static final int NAMED = 10;

  /** A turn tells of as many groups, joined and left, and of other things besides. */
  private static final int LOOKED_BACK = 16;

  private final Draft draft;
  private final Context context;
  private final String serviceArn;
  private final String prefix;
  private long count;

  ServiceEvents(Draft draft, Service service, Context context) {
    this(draft, service, "(service " + service.name() + ") ", context);
  }

  private ServiceEvents(Draft draft, Service service, String prefix, Context context) {
    this.draft = draft;
    this.context = context;
    this.prefix = prefix;
    serviceArn = service.arn();
    count = service.eventCount();
  }

  /** The service's events that tell of one of its task sets. */
  static ServiceEvents of(Draft draft, Service service, TaskSet taskSet, Context context) {
    String prefix = "(service " + service.name() + ", taskSet " + taskSet.id() + ") ";
    return new ServiceEvents(draft, service, prefix, context);
  }

  /** How many events were ever written. */
  long count() {
    return count;
  }

  /** Writes an event; the text begins behind {@code (service X)} and a blank. */
  void write(String text) {
    write(text, null);
  }

  /** As {@link #write(String)}, for programs too. */
  void write(String text, @Nullable ServiceAction action) {
    writeWhole(prefix + text, action);
  }

  /** Writes an event whose text begins otherwise. */
  void writeWhole(String text, @Nullable ServiceAction action) {
    String id = context.ids().uuid();
    ServiceEvent event = new ServiceEvent(serviceArn, count, id, context.now(), text, action);
    draft.put(ServiceEvent.KIND, event);
    if (count >= KEPT) {
      draft.remove(ServiceEvent.KIND, ServiceEvent.key(serviceArn, count - KEPT));
    }
    count++;
  }

  /** Tells of a target group's targets; those of one turn are told in one event. */
  void targets(String verb, int targets, String groupArn) {
    String before = prefix + verb + ' ';
    String after = " targets in (target-group " + groupArn + ')';
    for (long at = count - 1; at >= Math.max(0, count - LOOKED_BACK); at--) {
      ServiceEvent event = draft.find(ServiceEvent.KIND, ServiceEvent.key(serviceArn, at));
      if (event == null || !event.createdAt().equals(context.now())) {
        break;
      }
      String message = event.message();
      if (message.startsWith(before) && message.endsWith(after)) {
        int end = message.length() - after.length();
        int told = Integer.parseInt(message.substring(before.length(), end));
        draft.put(ServiceEvent.KIND, event.withMessage(before + (told + targets) + after));
        return;
      }
    }
    writeWhole(before + targets + after, null);
  }

  void started(List<Task> tasks) {
    named("has started ", tasks, " tasks: ");
  }

  void stopped(List<Task> tasks) {
    named("has stopped ", tasks, " running tasks: ");
  }

  private void named(String before, List<Task> tasks, String after) {
    for (int from = 0; from < tasks.size(); from += NAMED) {
      List<String> names = new ArrayList<>();
      for (Task task : tasks.subList(from, Math.min(from + NAMED, tasks.size()))) {
        names.add("(task " + task.id() + ')');
      }
      write(before + names.size() + after + String.join(" ", names) + '.');
    }
  }

  /** Removes all events of a service. */
  static void forget(Draft draft, String serviceArn) {
    for (ServiceEvent event : draft.by(ServiceEvent.BY_SERVICE, serviceArn)) {
      draft.remove(ServiceEvent.KIND, ServiceEvent.key(serviceArn, event.number()));
    }
  }
}
