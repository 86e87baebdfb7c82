package dev.longshore.server.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Tables;
import dev.longshore.core.model.Target;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.State;
import dev.longshore.gateway.feed.FeedMessage.Found;
import dev.longshore.gateway.route.TargetHealth;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several gateways look at one target. */
class VerdictsTest {
  private static final String GROUP = "arn:group";
  private static final int PORT = 32_768;
  private static final TargetHealth ILL = TargetHealth.mismatch("500");

  private final Verdicts verdicts = new Verdicts();
  private final Follower first = new Named("first");
  private final Follower second = new Named("second");
  private final Follower third = new Named("third");

  /** A gateway of which only the readings matter. */
  private record Named(String name) implements Follower {
    @Override
    public void follow(Offer offer) {
      throw new IllegalStateException("nothing is offered here");
    }

    @Override
    public void tick() {
      throw new IllegalStateException("no time passes here");
    }

    @Override
    public void dismiss(String why) {
      throw new IllegalStateException(why);
    }
  }

  private static State with(Target target) {
    Draft draft = Draft.on(Tables.empty());
    draft.put(Target.KIND, target);
    return draft.state();
  }

  private static Target registered() {
    return Target.registered(GROUP, "i-1", PORT, null);
  }

  @BeforeEach
  void registerTarget() {
    verdicts.expect(with(registered()), GROUP);
  }

  private static Found reading(TargetHealth health) {
    return new Found(GROUP, "i-1", PORT, health);
  }

  @Test
  void one_gateway_is_believed() {
    Optional<Found> told = verdicts.vote(first, reading(TargetHealth.HEALTHY), List.of(first));
    assertThat(told).contains(reading(TargetHealth.HEALTHY));
    assertThat(verdicts.vote(first, reading(TargetHealth.HEALTHY), List.of(first))).isEmpty();
  }

  @Test
  void of_three_gateways_two_have_to_agree() {
    List<Follower> all = List.of(first, second, third);
    assertThat(verdicts.vote(first, reading(TargetHealth.HEALTHY), all)).isEmpty();
    assertThat(verdicts.vote(second, reading(TargetHealth.HEALTHY), all))
        .contains(reading(TargetHealth.HEALTHY));
    assertThat(verdicts.vote(third, reading(ILL), all)).isEmpty();
    assertThat(verdicts.vote(second, reading(ILL), all)).contains(reading(ILL));
  }

  @Test
  void two_gateways_that_disagree_leave_what_was_told() {
    List<Follower> both = List.of(first, second);
    verdicts.vote(first, reading(TargetHealth.HEALTHY), both);
    verdicts.vote(second, reading(TargetHealth.HEALTHY), both);
    assertThat(verdicts.vote(second, reading(ILL), both)).isEmpty();
    assertThat(verdicts.forget(first, List.of(second))).containsExactly(reading(ILL));
  }

  @Test
  void a_gateway_that_has_just_begun_takes_back_no_health() {
    List<Follower> alone = List.of(first);
    verdicts.expect(with(registered().found("healthy", "", "")), GROUP);
    assertThat(verdicts.vote(first, reading(TargetHealth.FIRST_CHECKS), alone)).isEmpty();
    assertThat(verdicts.vote(first, reading(TargetHealth.HEALTHY), alone)).isEmpty();
    assertThat(verdicts.vote(first, reading(ILL), alone)).contains(reading(ILL));
  }

  @Test
  void a_target_that_is_registered_anew_is_told_of_anew() {
    List<Follower> alone = List.of(first);
    verdicts.vote(first, reading(TargetHealth.HEALTHY), alone);
    assertThat(verdicts.recount(GROUP, alone)).isEmpty();
    verdicts.expect(with(registered()), GROUP);
    assertThat(verdicts.recount(GROUP, alone)).containsExactly(reading(TargetHealth.HEALTHY));
  }

  @Test
  void readings_of_targets_that_are_not_registered_are_passed_over() {
    Found unknown = new Found(GROUP, "i-2", PORT, TargetHealth.HEALTHY);
    assertThat(verdicts.vote(first, unknown, List.of(first))).isEmpty();
    verdicts.expect(Tables.empty(), GROUP);
    assertThat(verdicts.vote(first, reading(ILL), List.of(first))).isEmpty();
  }
}
