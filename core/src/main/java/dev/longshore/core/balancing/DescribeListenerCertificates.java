package dev.longshore.core.balancing;

import dev.longshore.core.model.Listener;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.Certificate;
import dev.longshore.shapes.elbv2.DescribeListenerCertificatesInput;
import dev.longshore.shapes.elbv2.DescribeListenerCertificatesOutput;
import java.util.ArrayList;
import java.util.List;

/** Describes a listener's certificates, the default one first. */
public final class DescribeListenerCertificates
    implements Query<DescribeListenerCertificatesInput, DescribeListenerCertificatesOutput> {
  @Override
  public DescribeListenerCertificatesOutput answer(
      View view, DescribeListenerCertificatesInput request, Context context) {
    Listener row = Listeners.existing(view, request.listenerArn());
    List<Certificate> all = new ArrayList<>();
    for (Certificate each : Given.list(row.specification().certificates())) {
      all.add(each.toBuilder().isDefault(true).build());
    }
    row.certificates().forEach(arn -> all.add(new Certificate(arn, false)));
    var paging = Pages.of("DescribeListenerCertificates", request.marker(), request.pageSize());
    String last = paging.after();
    List<Certificate> left =
        all.stream()
            .dropWhile(each -> last != null && !last.equals(each.certificateArn()))
            .skip(last == null ? 0 : 1)
            .toList();
    var page = paging.page(left, each -> Given.text(each.certificateArn()), each -> each);
    return new DescribeListenerCertificatesOutput(page.items(), page.nextToken());
  }
}
