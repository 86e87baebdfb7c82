package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.placement.language.Expression;
import dev.longshore.core.placement.language.Subject;
import dev.longshore.shapes.ecs.Attribute;
import java.util.ArrayList;
import java.util.List;

/** What a demand asks of an instance that no task changes, and the cohorts that have it. */
final class Eligibility implements Feature {
  /**
   * The demands that may go to the same instances.
   *
   * @param attributes must be there by name, and with the value where one is given
   * @param memberOf the expressions that read no tasks
   */
  record Key(String launchType, List<Attribute> attributes, List<Expression> memberOf) {
    static Key of(Demand demand) {
      List<Expression> memberOf =
          demand.memberOf().stream().filter(each -> !each.readsTasks()).toList();
      return new Key(demand.launchType(), demand.attributes(), memberOf);
    }

    boolean admits(ContainerInstance instance, Subject subject) {
      if (!instance.launchType().equals(launchType) || lacksAttribute(instance)) {
        return false;
      }
      for (Expression expression : memberOf) {
        if (!expression.matches(subject)) {
          return false;
        }
      }
      return true;
    }

    boolean lacksAttribute(ContainerInstance instance) {
      for (int at = 0; at < attributes.size(); at++) {
        if (lacks(instance, attributes.get(at))) {
          return true;
        }
      }
      return false;
    }

    static boolean lacks(ContainerInstance instance, Attribute wanted) {
      String found = instance.attribute(wanted.name());
      return found == null || (wanted.value() != null && !found.equals(wanted.value()));
    }
  }

  final Key key;
  private final Fleet fleet;
  private final List<Cohort> cohorts = new ArrayList<>();
  private long usedAt;

  Eligibility(Key key, Fleet fleet) {
    this.key = key;
    this.fleet = fleet;
  }

  @Override
  public int label(int instance) {
    ContainerInstance row = fleet.row(instance);
    return row != null && key.admits(row, fleet.subject.at(instance)) ? 1 : 0;
  }

  @Override
  public long usedAt() {
    return usedAt;
  }

  void used(long now) {
    usedAt = now;
  }

  /** The cohorts whose instances have what is asked for; empty ones may be among them. */
  List<Cohort> cohorts() {
    return cohorts;
  }
}
