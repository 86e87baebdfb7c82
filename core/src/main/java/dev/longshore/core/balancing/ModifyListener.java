package dev.longshore.core.balancing;

import dev.longshore.core.model.Listener;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.ModifyListenerInput;
import dev.longshore.shapes.elbv2.ModifyListenerOutput;
import java.util.List;
import java.util.Objects;

/** Changes a listener; what the request does not name stays. */
public final class ModifyListener implements Command<ModifyListenerInput, ModifyListenerOutput> {
  @Override
  public ModifyListenerOutput decide(Draft draft, ModifyListenerInput request, Context context) {
    Listener row = Listeners.existing(draft, request.listenerArn());
    LoadBalancer balancer = Forwardings.balancer(draft, row);
    Listeners.refuse(request.mutualAuthentication(), request.alpnPolicy());
    var before = row.specification();
    int port = Objects.requireNonNullElse(request.port(), row.port());
    Listener other = Listeners.at(draft, balancer.arn(), port);
    if (other != null && !other.arn().equals(row.arn())) {
      throw Listeners.taken(balancer);
    }
    String protocol =
        Listeners.protocol(
            request.protocol() == null ? before.protocol() : request.protocol(), balancer);
    var after = before.toBuilder().port(port).protocol(protocol);
    boolean secure = Listeners.isSecure(protocol);
    after.certificates(
        Listeners.certificates(
            request.certificates() == null && secure
                ? before.certificates()
                : request.certificates(),
            protocol));
    after.sslPolicy(
        Listeners.policy(
            request.sslPolicy() == null && secure ? before.sslPolicy() : request.sslPolicy(),
            protocol));
    if (request.defaultActions() != null) {
      after.defaultActions(
          Actions.normalised(draft, request.defaultActions(), balancer.isApplication()));
    }
    Listener changed = row.withSpecification(after.build(), port);
    draft.put(Listener.KIND, secure ? changed : changed.withCertificates(List.of()));
    Forwardings.replace(draft, row.arn(), balancer, changed.specification().defaultActions());
    return new ModifyListenerOutput(List.of(changed.specification()));
  }
}
