package dev.longshore.core.balancing;

import dev.longshore.core.model.Forwarding;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.DescribeTargetGroupsInput;
import dev.longshore.shapes.elbv2.DescribeTargetGroupsOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Describes target groups: by ARN, by name, those of a load balancer, or all. */
public final class DescribeTargetGroups
    implements Query<DescribeTargetGroupsInput, DescribeTargetGroupsOutput> {
  @Override
  public DescribeTargetGroupsOutput answer(
      View view, DescribeTargetGroupsInput request, Context context) {
    List<String> arns = Given.list(request.targetGroupArns());
    List<String> names = Given.list(request.names());
    int ways =
        (arns.isEmpty() ? 0 : 1)
            + (names.isEmpty() ? 0 : 1)
            + (request.loadBalancerArn() == null ? 0 : 1);
    Faults.demand(
        ways <= 1,
        "Target group names, target group ARNs and a load balancer ARN cannot be specified at the"
            + " same time");
    if (!arns.isEmpty() || !names.isEmpty()) {
      List<TargetGroup> rows = new ArrayList<>();
      arns.forEach(arn -> rows.add(TargetGroups.existing(view, arn)));
      names.forEach(name -> rows.add(named(view, name)));
      return new DescribeTargetGroupsOutput(
          rows.stream().map(row -> TargetGroups.shown(view, row)).toList(), null);
    }
    var paging = Pages.of("DescribeTargetGroups", request.marker(), request.pageSize());
    var page =
        paging.page(
            rows(view, request.loadBalancerArn(), paging.after()),
            TargetGroup::arn,
            row -> TargetGroups.shown(view, row));
    return new DescribeTargetGroupsOutput(page.items(), page.nextToken());
  }

  private static Iterable<TargetGroup> rows(
      View view, @Nullable String balancerArn, @Nullable String after) {
    if (balancerArn == null) {
      return view.after(TargetGroup.KIND, after);
    }
    LoadBalancer balancer = LoadBalancers.existing(view, balancerArn);
    TreeSet<String> arns = new TreeSet<>();
    for (Forwarding each : view.by(Forwarding.OF_LOAD_BALANCER, balancer.arn())) {
      arns.add(each.targetGroupArn());
    }
    var left = after == null ? arns : arns.tailSet(after, false);
    return left.stream().map(arn -> TargetGroups.existing(view, arn)).toList();
  }

  private static TargetGroup named(View view, String name) {
    TargetGroup row = TargetGroups.named(view, name);
    if (row == null) {
      throw TargetGroups.missing();
    }
    return row;
  }
}
