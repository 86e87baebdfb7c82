package dev.longshore.core.balancing;

import dev.longshore.core.model.Listener;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.AddListenerCertificatesInput;
import dev.longshore.shapes.elbv2.AddListenerCertificatesOutput;
import dev.longshore.shapes.elbv2.Certificate;
import dev.longshore.shapes.elbv2.TooManyCertificatesException;
import java.util.List;
import java.util.TreeSet;

/** Adds certificates that clients find by server name. */
public final class AddListenerCertificates
    implements Command<AddListenerCertificatesInput, AddListenerCertificatesOutput> {
  /** Of all listeners of a load balancer, but for their default ones. */
  static final int MOST = 25;

  @Override
  public AddListenerCertificatesOutput decide(
      Draft draft, AddListenerCertificatesInput request, Context context) {
    Listener row = Listeners.existing(draft, request.listenerArn());
    Faults.demand(
        Listeners.isSecure(Given.text(row.specification().protocol())),
        "Certificates can only be added to HTTPS and TLS listeners");
    TreeSet<String> arns = new TreeSet<>(row.certificates());
    for (Certificate each : request.certificates()) {
      Faults.demand(each.isDefault() == null, "IsDefault cannot be specified");
      arns.add(Listeners.certificate(each));
    }
    draft.put(Listener.KIND, row.withCertificates(List.copyOf(arns)));
    int certificates = 0;
    for (Listener each : draft.by(Listener.OF_LOAD_BALANCER, row.loadBalancerArn())) {
      certificates += each.certificates().size();
    }
    if (certificates > MOST) {
      throw new TooManyCertificatesException(
          "The maximum number of certificates per load balancer has been reached");
    }
    return new AddListenerCertificatesOutput(
        request.certificates().stream()
            .map(each -> each.toBuilder().isDefault(false).build())
            .toList());
  }
}
