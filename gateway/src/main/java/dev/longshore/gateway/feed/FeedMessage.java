package dev.longshore.gateway.feed;

import dev.longshore.gateway.Listening;
import dev.longshore.gateway.metric.Tallied;
import dev.longshore.gateway.route.TargetHealth;
import dev.longshore.wire.json.Json;
import java.util.List;
import java.util.Map;

/** What a gateway and its control plane say to each other. */
public sealed interface FeedMessage {
  /**
   * The gateway's first word.
   *
   * @param gateway its name, the same whenever this process connects
   * @param have the parts of routes that it has already, each with its digest
   */
  record Hello(String gateway, Map<String, String> have) implements FeedMessage {}

  /**
   * Parts of routes that are new or changed. Each is answered, in their order, with {@link Took}
   * where more belongs to it, else with {@link Applied}.
   *
   * @param version of the routes that this leads to
   * @param parts by their keys
   * @param gone keys of parts that are no more
   * @param more whether parts of the same version follow, so that nothing is to be applied yet
   */
  record Update(long version, Map<String, Json> parts, List<String> gone, boolean more)
      implements FeedMessage {
    public Update {
      gone = List.copyOf(gone);
    }
  }

  /** The gateway holds an update to which more belongs. */
  record Took() implements FeedMessage {}

  /**
   * The gateway follows that version; nothing is sent by the one before.
   *
   * @param problem why it follows older routes instead; "" where it does not
   */
  record Applied(long version, List<Listening> listeners, String problem) implements FeedMessage {
    public Applied {
      listeners = List.copyOf(listeners);
    }
  }

  /** What the gateway found of targets. */
  record Health(List<Found> found) implements FeedMessage {
    public Health {
      found = List.copyOf(found);
    }
  }

  /** What was found of one target. */
  record Found(String targetGroupArn, String targetId, int port, TargetHealth health) {}

  /**
   * What a gateway counted within a minute, of some of its load balancers and target groups; each
   * value is that of the whole minute so far.
   *
   * @param run names the process that counted, among all there ever were
   * @param minute since the epoch
   */
  record Counted(
      String run, long minute, Map<String, Tallied> balancers, Map<String, Tallied> groups)
      implements FeedMessage {}

  /** A sign of life, which is answered with one. */
  record Beat() implements FeedMessage {}
}
