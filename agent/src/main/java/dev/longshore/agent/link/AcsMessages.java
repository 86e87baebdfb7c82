package dev.longshore.agent.link;

import dev.longshore.agent.task.Event;
import dev.longshore.agent.task.Fields;
import dev.longshore.agent.task.PayloadReader;
import dev.longshore.agent.task.ReceivedTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ACS messages as events of the task engine; a message that lacks what it must have is dropped. */
final class AcsMessages {
  private static final Logger LOG = LoggerFactory.getLogger(AcsMessages.class);

  private AcsMessages() {}

  static Optional<Event> payload(Fields message) {
    if (lacks(message, "messageId", "clusterArn", "containerInstanceArn")) {
      return Optional.empty();
    }
    List<ReceivedTask> tasks = new ArrayList<>();
    for (Fields task : message.objects("tasks")) {
      tasks.add(PayloadReader.read(task));
    }
    Long sequence = message.whole("seqNum");
    return Optional.of(
        new Event.PayloadReceived(
            message.text("messageId", ""),
            message.text("clusterArn", ""),
            message.text("containerInstanceArn", ""),
            sequence == null ? 0 : sequence,
            List.copyOf(tasks)));
  }

  static Optional<Event> manifest(Fields message) {
    if (lacks(message, "messageId")) {
      return Optional.empty();
    }
    Long timeline = message.whole("timeline");
    return Optional.of(
        new Event.ManifestReceived(
            message.text("messageId", ""),
            message.text("clusterArn", ""),
            message.text("containerInstanceArn", ""),
            timeline == null ? 0 : timeline,
            tasks(message, "tasks")));
  }

  static Optional<Event> stops(Fields message) {
    return lacks(message, "messageId")
        ? Optional.empty()
        : Optional.of(
            new Event.StopsVerified(message.text("messageId", ""), tasks(message, "stopTasks")));
  }

  private static List<Event.ManifestTask> tasks(Fields message, String member) {
    List<Event.ManifestTask> tasks = new ArrayList<>();
    for (Fields task : message.objects(member)) {
      tasks.add(
          new Event.ManifestTask(
              task.text("taskArn", ""),
              task.text("taskClusterArn"),
              task.text("desiredStatus", "")));
    }
    return List.copyOf(tasks);
  }

  static Optional<Event> credentials(Fields message) {
    Fields credentials = message.object("roleCredentials");
    if (credentials == null
        || lacks(message, "messageId", "taskArn", "roleType")
        || lacks(credentials, "credentialsId")) {
      LOG.warn("credentials dropped: the message is not whole");
      return Optional.empty();
    }
    return Optional.of(
        new Event.CredentialsReceived(
            message.text("messageId", ""),
            message.text("taskArn", ""),
            PayloadReader.credentials(credentials, message.text("roleType", ""))));
  }

  private static boolean lacks(Fields message, String... members) {
    for (String member : members) {
      if (!message.has(member)) {
        LOG.warn("message dropped: it has no {}", member);
        return true;
      }
    }
    return false;
  }
}
