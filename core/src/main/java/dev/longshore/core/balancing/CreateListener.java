package dev.longshore.core.balancing;

import dev.longshore.core.model.Listener;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.CreateListenerInput;
import dev.longshore.shapes.elbv2.CreateListenerOutput;
import dev.longshore.shapes.elbv2.TooManyListenersException;
import java.util.List;
import java.util.TreeMap;

/** Creates a listener; the same settings again give the one that is there. */
public final class CreateListener implements Command<CreateListenerInput, CreateListenerOutput> {
  static final int MOST = 50;

  @Override
  public CreateListenerOutput decide(Draft draft, CreateListenerInput request, Context context) {
    LoadBalancer balancer = LoadBalancers.existing(draft, request.loadBalancerArn());
    Listeners.refuse(request.mutualAuthentication(), request.alpnPolicy());
    String protocol = Listeners.protocol(request.protocol(), balancer);
    Integer port = request.port();
    if (port == null) {
      throw Faults.invalid("A listener port must be specified");
    }
    dev.longshore.shapes.elbv2.Listener asked =
        dev.longshore.shapes.elbv2.Listener.builder()
            .loadBalancerArn(balancer.arn())
            .port(port)
            .protocol(protocol)
            .certificates(Listeners.certificates(request.certificates(), protocol))
            .sslPolicy(Listeners.policy(request.sslPolicy(), protocol))
            .defaultActions(
                Actions.normalised(draft, request.defaultActions(), balancer.isApplication()))
            .build();
    Listener existing = Listeners.at(draft, balancer.arn(), port);
    if (existing != null) {
      if (!existing.specification().equals(named(asked, existing.arn()))) {
        throw Listeners.taken(balancer);
      }
      return new CreateListenerOutput(List.of(existing.specification()));
    }
    if (draft.count(Listener.OF_LOAD_BALANCER, balancer.arn()) >= MOST) {
      throw new TooManyListenersException(
          "The maximum number of listeners per load balancer has been reached");
    }
    Listener row = created(asked, port, balancer, request, context);
    draft.put(Listener.KIND, row);
    Forwardings.replace(draft, row.arn(), balancer, asked.defaultActions());
    return new CreateListenerOutput(List.of(row.specification()));
  }

  private static Listener created(
      dev.longshore.shapes.elbv2.Listener asked,
      int port,
      LoadBalancer balancer,
      CreateListenerInput request,
      Context context) {
    String arn = Names.below(balancer.arn(), "loadbalancer", "listener", Names.id(context.ids()));
    return new Listener(
        arn,
        balancer.arn(),
        Names.below(arn, "listener", "listener-rule", Names.id(context.ids())),
        port,
        named(asked, arn),
        List.of(),
        new TreeMap<>(),
        BalancingTags.put(List.of(), request.tags()),
        null,
        null);
  }

  private static dev.longshore.shapes.elbv2.Listener named(
      dev.longshore.shapes.elbv2.Listener listener, String arn) {
    return listener.toBuilder().listenerArn(arn).build();
  }
}
