package dev.longshore.core.repository;

import dev.longshore.core.model.RegistryConfiguration;
import dev.longshore.core.model.RepositoryPolicy;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;

/** Puts a policy on the whole registry. */
public final class KeepRegistryPolicy implements Command<RepositoryPolicy, RepositoryPolicy> {

  @Override
  public RepositoryPolicy decide(Draft draft, RepositoryPolicy policy, Context context) {
    draft.put(RegistryConfiguration.KIND, RegistryConfiguration.of(draft).withPolicy(policy));
    return policy;
  }
}
