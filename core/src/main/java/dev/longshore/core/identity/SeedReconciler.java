package dev.longshore.core.identity;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Grants;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.InstanceProfile;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the roles that the documents of ECS speak of, in an account that has no roles yet; and, as
 * CreateCluster does, the role of ECS itself as soon as there is a cluster. A user may change and
 * delete those of the first sort: they come back in an account without any role alone.
 */
final class SeedReconciler implements Reconciler {
  private static final String ROLES = "roles";
  private static final String LINKED = "linked";
  private static final String MANAGED = "arn:aws:iam::aws:policy/service-role/";

  /** A role: whom it trusts, and its policy of AWS's. */
  private record Seed(String name, String service, String policy) {}

  private static final String INSTANCE = "ecsInstanceRole";

  private static final List<Seed> SEEDS =
      List.of(
          new Seed(
              "ecsTaskExecutionRole",
              "ecs-tasks.amazonaws.com",
              "AmazonECSTaskExecutionRolePolicy"),
          new Seed(INSTANCE, "ec2.amazonaws.com", "AmazonEC2ContainerServiceforEC2Role"),
          new Seed("ecsServiceRole", "ecs.amazonaws.com", "AmazonEC2ContainerServiceRole"),
          new Seed("ecsEventsRole", "events.amazonaws.com", "AmazonEC2ContainerServiceEventsRole"),
          new Seed(
              "ecsInfrastructureRole",
              "ecs.amazonaws.com",
              "AmazonECSInfrastructureRolePolicyForVolumes"));

  @Override
  public void touched(Change<?> change, View view, Consumer<String> keys) {
    if (change.kind() == Cluster.KIND && change.before() == null) {
      keys.accept(LINKED);
    }
  }

  @Override
  public void all(View view, Consumer<String> keys) {
    keys.accept(ROLES);
  }

  @Override
  public @Nullable Instant reconcile(Draft draft, String key, Context context) {
    if (key.equals(LINKED)) {
      LinkedRoles.ensureEcs(draft, context);
    } else if (draft.count(IamRole.KIND) == 0) {
      SEEDS.forEach(seed -> put(draft, seed, context));
    }
    return null;
  }

  private static void put(Draft draft, Seed seed, Context context) {
    draft.put(
        IamRole.KIND,
        new IamRole(
            seed.name,
            "/",
            Iam.uniqueId("AROA", context.ids()),
            Iam.arn(context.place(), "role", "/", seed.name),
            context.now(),
            AwsPolicies.trust(seed.service),
            null,
            Roles.USUAL_SESSION,
            Grants.NONE.withAttached(MANAGED + seed.policy),
            Collections.emptyMap(),
            null));
    if (seed.name.equals(INSTANCE)) {
      draft.put(
          InstanceProfile.KIND,
          new InstanceProfile(
              seed.name,
              "/",
              Iam.uniqueId("AIPA", context.ids()),
              Iam.arn(context.place(), "instance-profile", "/", seed.name),
              context.now(),
              seed.name,
              Collections.emptyMap()));
    }
  }
}
