package dev.longshore.core.placement;

import dev.longshore.core.operation.Given;
import dev.longshore.core.placement.language.Expression;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.PlacementConstraint;
import dev.longshore.shapes.ecs.PlacementStrategy;
import dev.longshore.shapes.ecs.TaskDefinitionPlacementConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The constraints and strategies of a request, understood.
 *
 * @param distinctInstance whether no two tasks of a group may share an instance
 * @param memberOf the instance must be one of those that each expression means
 * @param preferences the strategies in their order; {@code random} needs none
 */
public record PlacementRules(
    boolean distinctInstance, List<Expression> memberOf, List<Preference> preferences) {
  /** Any instance that fits: what RunTask does when nothing is asked for. */
  public static final PlacementRules ANY = new PlacementRules(false, List.of(), List.of());

  /** Zones first, then instances: what a service does when it asks for no strategy. */
  private static final List<Preference> EVEN =
      List.of(
          new Preference.SpreadOverAttribute("ecs.availability-zone"),
          new Preference.SpreadOverInstances());

  private static final int MAX_CONSTRAINTS = 10;
  static final int MAX_STRATEGIES = 5;
  private static final int MAX_EXPRESSION = 2000;

  /** These rules for a service: without strategies it spreads evenly. */
  public PlacementRules orEven() {
    return preferences.isEmpty() ? new PlacementRules(distinctInstance, memberOf, EVEN) : this;
  }

  /** These rules for the instances that an expression means besides. */
  public PlacementRules within(String expression) {
    List<Expression> more = new ArrayList<>(memberOf);
    more.add(Expression.compile(expression));
    return new PlacementRules(distinctInstance, List.copyOf(more), preferences);
  }

  /**
   * Understands what a request asks for.
   *
   * @param ofDefinition the constraints of the task definition, which count to the limit of ten
   * @param ofRequest the constraints of the request
   * @param strategies at most five
   * @throws InvalidParameterException too many, unknown or contradictory, or an expression that is
   *     none
   */
  public static PlacementRules of(
      @Nullable List<TaskDefinitionPlacementConstraint> ofDefinition,
      @Nullable List<PlacementConstraint> ofRequest,
      @Nullable List<PlacementStrategy> strategies) {
    List<PlacementConstraint> constraints = Given.list(ofRequest);
    List<TaskDefinitionPlacementConstraint> more = Given.list(ofDefinition);
    if (constraints.size() + more.size() > MAX_CONSTRAINTS) {
      throw new InvalidParameterException(
          "At most 10 placement constraints may be specified, including those of the task"
              + " definition.");
    }
    boolean distinct = false;
    List<Expression> memberOf = new ArrayList<>();
    for (PlacementConstraint constraint : constraints) {
      distinct |= isDistinctInstance(constraint.type(), constraint.expression(), memberOf);
    }
    for (TaskDefinitionPlacementConstraint constraint : more) {
      distinct |= isDistinctInstance(constraint.type(), constraint.expression(), memberOf);
    }
    return new PlacementRules(distinct, List.copyOf(memberOf), preferences(Given.list(strategies)));
  }

  private static boolean isDistinctInstance(
      @Nullable String type, @Nullable String given, List<Expression> memberOf) {
    String expression = Given.text(given);
    if ("distinctInstance".equals(type)) {
      if (!expression.isEmpty()) {
        throw new InvalidParameterException(
            "The distinctInstance placement constraint takes no expression.");
      }
      return true;
    }
    if (!"memberOf".equals(type)) {
      throw new InvalidParameterException(
          "Placement constraint type should be one of [distinctInstance,memberOf]");
    }
    if (expression.isEmpty()) {
      throw new InvalidParameterException("The memberOf placement constraint needs an expression.");
    }
    if (expression.length() > MAX_EXPRESSION) {
      throw new InvalidParameterException(
          "The expression of a placement constraint may have at most 2000 characters.");
    }
    memberOf.add(Expression.compile(expression));
    return false;
  }

  private static List<Preference> preferences(List<PlacementStrategy> strategies) {
    if (strategies.size() > MAX_STRATEGIES) {
      throw new InvalidParameterException("At most 5 placement strategies may be specified.");
    }
    List<Preference> preferences = new ArrayList<>();
    for (PlacementStrategy strategy : strategies) {
      Preference preference = preference(strategy);
      if (preference != null) {
        preferences.add(preference);
      }
    }
    return List.copyOf(preferences);
  }

  /** Null for {@code random}, which ranks nothing; a field given with it is ignored. */
  private static @Nullable Preference preference(PlacementStrategy strategy) {
    String field = Given.text(strategy.field());
    return switch (Given.text(strategy.type())) {
      case "random" -> null;
      case "spread" -> spread(field);
      case "binpack" -> binpack(field);
      default ->
          throw new InvalidParameterException(
              "Placement strategy type should be one of [random,spread,binpack]");
    };
  }

  private static Preference spread(String field) {
    String prefix = "attribute:";
    if (field.equalsIgnoreCase("instanceId") || field.equalsIgnoreCase("host")) {
      return new Preference.SpreadOverInstances();
    }
    if (field.length() > prefix.length()
        && field.substring(0, prefix.length()).equalsIgnoreCase(prefix)) {
      return new Preference.SpreadOverAttribute(field.substring(prefix.length()));
    }
    throw new InvalidParameterException(
        "The field of a spread placement strategy should be instanceId or attribute:<name>");
  }

  private static Preference binpack(String field) {
    return switch (field.toLowerCase(Locale.ROOT)) {
      case "cpu" -> new Preference.BinpackCpu();
      case "memory" -> new Preference.BinpackMemory();
      default ->
          throw new InvalidParameterException(
              "The field of a binpack placement strategy should be one of [cpu,memory]");
    };
  }
}
