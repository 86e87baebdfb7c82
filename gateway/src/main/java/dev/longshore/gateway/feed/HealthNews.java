package dev.longshore.gateway.feed;

import dev.longshore.gateway.Gateway;
import dev.longshore.gateway.GatewayListener.Transition;
import dev.longshore.gateway.feed.FeedMessage.Found;
import dev.longshore.gateway.route.Target;
import dev.longshore.gateway.route.TargetGroup;
import dev.longshore.gateway.route.TargetHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What of targets' health was not told yet: the newest of each, however often it changed. */
final class HealthNews {
  private record Key(String targetGroupArn, String targetId, int port) {}

  private final Map<Key, TargetHealth> news = new ConcurrentHashMap<>();

  /** From any thread. */
  void add(Transition transition) {
    news.put(
        new Key(transition.targetGroupArn(), transition.targetId(), transition.targetPort()),
        transition.after());
  }

  /** Takes what is new. */
  List<Found> take() {
    List<Found> found = new ArrayList<>();
    for (Key key : List.copyOf(news.keySet())) {
      TargetHealth health = news.remove(key);
      if (health != null) {
        found.add(new Found(key.targetGroupArn, key.targetId, key.port, health));
      }
    }
    return found;
  }

  /** Takes all there is to know, for somebody who knows nothing. */
  List<Found> takeAll(Gateway gateway) {
    news.clear();
    List<Found> found = new ArrayList<>();
    for (TargetGroup group : gateway.routes().targetGroups()) {
      Map<String, TargetHealth> known = gateway.health(group.arn());
      for (Target target : group.targets()) {
        TargetHealth health = known.get(target.id() + ':' + target.port());
        if (health != null) {
          found.add(new Found(group.arn(), target.id(), target.port(), health));
        }
      }
    }
    return found;
  }
}
