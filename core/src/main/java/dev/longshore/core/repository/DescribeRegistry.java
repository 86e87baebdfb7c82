package dev.longshore.core.repository;

import dev.longshore.core.model.RegistryConfiguration;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.DescribeRegistryRequest;
import dev.longshore.shapes.ecr.DescribeRegistryResponse;
import dev.longshore.shapes.ecr.ReplicationConfiguration;

/** Describes the account's registry and where it copies images to. */
public final class DescribeRegistry
    implements Query<DescribeRegistryRequest, DescribeRegistryResponse> {

  @Override
  public DescribeRegistryResponse answer(
      View view, DescribeRegistryRequest request, Context context) {
    return new DescribeRegistryResponse(
        context.place().accountId(),
        new ReplicationConfiguration(RegistryConfiguration.of(view).replication()));
  }
}
