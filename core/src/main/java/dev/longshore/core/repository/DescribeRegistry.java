package dev.longshore.core.repository;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.DescribeRegistryRequest;
import dev.longshore.shapes.ecr.DescribeRegistryResponse;
import dev.longshore.shapes.ecr.ReplicationConfiguration;
import java.util.List;

/** Describes the account's registry, which replicates nowhere. */
public final class DescribeRegistry
    implements Query<DescribeRegistryRequest, DescribeRegistryResponse> {

  @Override
  public DescribeRegistryResponse answer(
      View view, DescribeRegistryRequest request, Context context) {
    return new DescribeRegistryResponse(
        context.place().accountId(), new ReplicationConfiguration(List.of()));
  }
}
