package dev.longshore.server.balancing;

import dev.longshore.gateway.Gateway;
import dev.longshore.gateway.GatewayListener;
import dev.longshore.gateway.GatewaySettings;
import dev.longshore.gateway.Listening;
import dev.longshore.gateway.feed.CountNews;
import dev.longshore.gateway.feed.FeedMessage.Found;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway in this process. It is started by the first load balancer, so a control plane without
 * one has no threads for it.
 */
final class EmbeddedGateway implements Follower, GatewayListener {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedGateway.class);

  private final DataPlane plane;
  private final Inbox inbox;
  private final GatewaySettings settings;
  private final CountNews counts = new CountNews("of this process");
  private @Nullable Gateway gateway;

  EmbeddedGateway(DataPlane plane, Inbox inbox, GatewaySettings settings) {
    this.plane = plane;
    this.inbox = inbox;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "of this process";
  }

  @Override
  public void follow(Offer offer) {
    Gateway running = gateway;
    if (running == null && !offer.routes().loadBalancers().isEmpty()) {
      running = Gateway.start(settings, this);
      gateway = running;
    }
    List<Listening> listening = List.of();
    if (running != null) {
      apply(running, offer);
      listening = running.listening();
    }
    List<Listening> all = listening;
    inbox.add(() -> plane.applied(this, offer.version(), all));
  }

  private static void apply(Gateway running, Offer offer) {
    try {
      running.apply(offer.routes());
    } catch (IllegalArgumentException | IllegalStateException e) {
      LOG.error("The routes stay as they were.", e);
    }
  }

  @Override
  public void health(Transition transition) {
    Found found =
        new Found(
            transition.targetGroupArn(),
            transition.targetId(),
            transition.targetPort(),
            transition.after());
    if (!inbox.offer(() -> plane.found(this, found))) {
      LOG.warn("Too much is waiting; left out: {}", found);
    }
  }

  @Override
  public void tick() {
    if (gateway != null) {
      counts.take(gateway.minutes()).forEach(each -> plane.counted(this, each));
    }
  }

  @Override
  public void dismiss(String why) {
    if (gateway != null) {
      gateway.close();
    }
  }
}
