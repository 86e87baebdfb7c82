package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.InstanceUsage;

/** Shows a placement the container instances of a cluster. */
@FunctionalInterface
public interface Candidates {
  /**
   * Shows every instance that is registered, whatever its status, once, with what is used of it
   * now. Begins at a chance one and goes round, so that whoever takes the first that fits does not
   * always fill the same.
   */
  void visit(Visitor visitor);

  /** Is shown the instances. */
  @FunctionalInterface
  interface Visitor {
    /** Looks at an instance; false: has seen enough. */
    boolean visit(ContainerInstance instance, InstanceUsage used);
  }
}
