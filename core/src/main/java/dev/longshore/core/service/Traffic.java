package dev.longshore.core.service;

import dev.longshore.core.model.Service;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.UnsupportedFeatureException;

/**
 * Sends a service's traffic to its revisions. Whoever balances load implements it by rows of its
 * own, edited in the draft at hand; what moves packets watches those rows.
 */
public interface Traffic {
  /** Which traffic. */
  enum Kind {
    TEST,
    PRODUCTION
  }

  /** No load is balanced: deployments that shift traffic are refused. */
  Traffic NONE =
      new Traffic() {
        @Override
        public void check(dev.longshore.shapes.ecs.Service specification, String strategy) {
          throw new UnsupportedFeatureException(
              "The deployment strategy " + strategy + " is not supported yet.");
        }

        @Override
        public boolean shift(
            Draft draft, Service service, String revisionArn, Kind kind, double percent) {
          throw new IllegalStateException(service.arn() + " has no traffic to shift.");
        }
      };

  /**
   * Refuses a service whose traffic cannot be shifted.
   *
   * @param strategy {@code BLUE_GREEN}, {@code LINEAR} or {@code CANARY}
   * @throws dev.longshore.shapes.ServiceException it lacks what that needs
   */
  void check(dev.longshore.shapes.ecs.Service specification, String strategy);

  /**
   * Has a revision's targets looked at before any traffic goes to them, so that it can be told when
   * they are healthy. Asked again it changes nothing.
   */
  default void expect(Draft draft, Service service, String revisionArn) {
    // Where nobody looks at targets, nothing is to be prepared.
  }

  /**
   * Wants so much traffic to go to a revision and all other traffic to the revision before it.
   * Asked again it changes nothing.
   *
   * @param percent 0 to 100
   * @return whether it is so already; if not, a change of the service's rows will call again
   */
  boolean shift(Draft draft, Service service, String revisionArn, Kind kind, double percent);
}
