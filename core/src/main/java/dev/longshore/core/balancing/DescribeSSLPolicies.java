package dev.longshore.core.balancing;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.DescribeSSLPoliciesInput;
import dev.longshore.shapes.elbv2.DescribeSSLPoliciesOutput;
import dev.longshore.shapes.elbv2.SslPolicy;
import java.util.List;

/** Describes the security policies that listeners may have. */
public final class DescribeSSLPolicies
    implements Query<DescribeSSLPoliciesInput, DescribeSSLPoliciesOutput> {
  @Override
  public DescribeSSLPoliciesOutput answer(
      View view, DescribeSSLPoliciesInput request, Context context) {
    List<String> names = Given.list(request.names());
    names.forEach(SslPolicies::check);
    var paging = Pages.of("DescribeSSLPolicies", request.marker(), request.pageSize());
    String last = paging.after();
    List<SslPolicy> policies =
        SslPolicies.all().stream()
            .filter(policy -> names.isEmpty() || names.contains(Given.text(policy.name())))
            .dropWhile(policy -> last != null && !last.equals(policy.name()))
            .skip(last == null ? 0 : 1)
            .toList();
    var page = paging.page(policies, policy -> Given.text(policy.name()), policy -> policy);
    return new DescribeSSLPoliciesOutput(page.items(), page.nextToken());
  }
}
