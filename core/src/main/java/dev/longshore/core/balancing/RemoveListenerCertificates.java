package dev.longshore.core.balancing;

import dev.longshore.core.model.Listener;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.Certificate;
import dev.longshore.shapes.elbv2.OperationNotPermittedException;
import dev.longshore.shapes.elbv2.RemoveListenerCertificatesInput;
import dev.longshore.shapes.elbv2.RemoveListenerCertificatesOutput;
import java.util.List;
import java.util.TreeSet;

/** Takes certificates away; the default one stays. */
public final class RemoveListenerCertificates
    implements Command<RemoveListenerCertificatesInput, RemoveListenerCertificatesOutput> {
  @Override
  public RemoveListenerCertificatesOutput decide(
      Draft draft, RemoveListenerCertificatesInput request, Context context) {
    Listener row = Listeners.existing(draft, request.listenerArn());
    TreeSet<String> arns = new TreeSet<>(row.certificates());
    for (Certificate each : request.certificates()) {
      String arn = Listeners.certificate(each);
      boolean isDefault =
          Given.list(row.specification().certificates()).stream()
              .anyMatch(certificate -> arn.equals(certificate.certificateArn()));
      if (isDefault) {
        throw new OperationNotPermittedException(
            "The default certificate '" + arn + "' cannot be removed");
      }
      arns.remove(arn);
    }
    draft.put(Listener.KIND, row.withCertificates(List.copyOf(arns)));
    return new RemoveListenerCertificatesOutput();
  }
}
