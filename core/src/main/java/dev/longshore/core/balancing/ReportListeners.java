package dev.longshore.core.balancing;

import dev.longshore.core.model.Listener;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Told by the data plane: it follows these load balancers now, and listens, or cannot. Not an
 * action of the API.
 */
public final class ReportListeners implements Command<ReportListeners.Report, Integer> {
  /**
   * What became of one listener.
   *
   * @param boundPort where it listens, if that is another port than was asked for
   * @param failure why nothing listens; null where something does
   */
  public record Bound(String listenerArn, @Nullable Integer boundPort, @Nullable String failure) {}

  /**
   * What became of everything that was to be followed.
   *
   * @param loadBalancerArns which load balancers the data plane knows of
   */
  public record Report(List<String> loadBalancerArns, List<Bound> listeners) {}

  @Override
  public Integer decide(Draft draft, Report report, Context context) {
    for (Bound each : report.listeners()) {
      Listener listener = draft.find(Listener.KIND, each.listenerArn());
      if (listener != null) {
        draft.put(Listener.KIND, listener.bound(each.boundPort(), each.failure()));
      }
    }
    int news = 0;
    for (String arn : report.loadBalancerArns()) {
      LoadBalancer balancer = draft.find(LoadBalancer.KIND, arn);
      if (balancer != null) {
        LoadBalancer now = followed(draft, balancer);
        news += now.equals(balancer) ? 0 : 1;
        draft.put(LoadBalancer.KIND, now);
      }
    }
    return news;
  }

  private static LoadBalancer followed(Draft draft, LoadBalancer balancer) {
    int listening = 0;
    String failure = null;
    for (Listener listener : draft.by(Listener.OF_LOAD_BALANCER, balancer.arn())) {
      if (listener.failure() == null) {
        listening++;
      } else if (failure == null) {
        failure = "Port " + listener.port() + ": " + listener.failure();
      }
    }
    if (failure == null) {
      return balancer.withState(LoadBalancer.ACTIVE, null);
    }
    return balancer.withState(
        listening == 0 ? LoadBalancer.FAILED : LoadBalancer.ACTIVE_IMPAIRED, failure);
  }
}
