package dev.longshore.core.cluster;

import dev.longshore.core.capacity.CapacityProviders;
import dev.longshore.core.operation.Context;
import dev.longshore.shapes.ecs.CapacityProviderStrategyItem;
import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The capacity providers that a cluster has, and its default strategy. */
final class ClusterCapacityProviders {
  private static final int MOST = 20;

  private ClusterCapacityProviders() {}

  /**
   * The names of the capacity providers of a request.
   *
   * @param namesOrArns as asked for
   * @throws InvalidParameterException one does not exist, or there are more than twenty
   */
  static List<String> checked(List<String> namesOrArns, Context context) {
    List<String> names = new ArrayList<>();
    for (String nameOrArn : namesOrArns) {
      String name = CapacityProviders.name(context.place(), nameOrArn);
      if (!CapacityProviders.isFargate(name)) {
        throw new InvalidParameterException(
            "The specified capacity provider was not found. Specify a valid capacity provider and"
                + " try again.");
      }
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    if (names.size() > MOST) {
      throw new InvalidParameterException(
          "A cluster can have at most " + MOST + " capacity providers.");
    }
    return List.copyOf(names);
  }

  /**
   * The default strategy of a request, naming its providers by name.
   *
   * @param providers those of the cluster
   * @throws InvalidParameterException the strategy names others, one of them twice, two with a
   *     base, or none with a weight
   */
  static List<CapacityProviderStrategyItem> checkedStrategy(
      List<CapacityProviderStrategyItem> asked, List<String> providers, Context context) {
    List<CapacityProviderStrategyItem> strategy = new ArrayList<>();
    for (CapacityProviderStrategyItem item : asked) {
      String name = CapacityProviders.name(context.place(), item.capacityProvider());
      if (!providers.contains(name)) {
        throw new InvalidParameterException(
            "The specified capacity provider strategy cannot contain a capacity provider that is"
                + " not associated with the cluster. Associate the capacity provider with the"
                + " cluster and try again.");
      }
      strategy.add(
          new CapacityProviderStrategyItem(name, orZero(item.weight()), orZero(item.base())));
    }
    checkNumbers(strategy);
    return List.copyOf(strategy);
  }

  private static void checkNumbers(List<CapacityProviderStrategyItem> strategy) {
    long names =
        strategy.stream().map(CapacityProviderStrategyItem::capacityProvider).distinct().count();
    if (names < strategy.size()) {
      throw new InvalidParameterException(
          "A capacity provider strategy cannot contain the same capacity provider twice.");
    }
    if (strategy.stream().filter(item -> orZero(item.base()) > 0).count() > 1) {
      throw new InvalidParameterException(
          "Only one capacity provider in a capacity provider strategy can have a base.");
    }
    if (strategy.size() > 1 && strategy.stream().allMatch(item -> orZero(item.weight()) == 0)) {
      throw new InvalidParameterException(
          "At least one capacity provider in a capacity provider strategy must have a weight"
              + " greater than zero.");
    }
  }

  private static int orZero(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
