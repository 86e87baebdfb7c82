package dev.longshore.gateway.health;

import dev.longshore.gateway.route.Group;
import dev.longshore.gateway.route.HealthCheck;
import dev.longshore.gateway.route.Member;
import dev.longshore.gateway.route.Table;
import dev.longshore.gateway.route.TargetGroup;
import dev.longshore.gateway.route.TargetHealth;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks at the targets of all groups that are in use, each in its group's rhythm. */
public final class Checks {
  /** Hears of each change of a target's health, on the control thread. */
  public interface Report {
    void changed(Group group, Member member, TargetHealth before, TargetHealth after);
  }

  private record Watch(HealthCheck check, Tally tally, Future<?> beat) {}

  private final ScheduledExecutorService control;
  private final Probes probes;
  private final Supplier<Table> table;
  private final Report report;
  private final IdentityHashMap<Member, Watch> watches = new IdentityHashMap<>();
  private final IdentityHashMap<Member, TargetHealth> reported = new IdentityHashMap<>();

  public Checks(
      ScheduledExecutorService control, Probes probes, Supplier<Table> table, Report report) {
    this.control = control;
    this.probes = probes;
    this.table = table;
    this.report = report;
  }

  /** Looks at the targets of this table from now on. On the control thread. */
  public void follow(Table next) {
    IdentityHashMap<Member, Boolean> present = new IdentityHashMap<>();
    for (Group group : next.groups()) {
      for (Member member : group.members()) {
        present.put(member, true);
        follow(group, member);
        tell(group, member);
      }
      group.refresh();
    }
    for (Member member : List.copyOf(watches.keySet())) {
      if (!present.containsKey(member)) {
        stop(member);
      }
    }
    reported.keySet().removeIf(member -> !present.containsKey(member));
  }

  private void follow(Group group, Member member) {
    HealthCheck check = group.spec().healthCheck();
    if (!group.inUse() || !member.accepting() || !check.enabled()) {
      stop(member);
      if (member.accepting()) {
        note(member, group.inUse() ? TargetHealth.CHECKS_DISABLED : TargetHealth.NOT_IN_USE);
      }
      return;
    }
    Watch known = watches.get(member);
    boolean restarted = member.health().equals(TargetHealth.REGISTERING);
    if (known != null && known.check().equals(check) && !restarted) {
      return;
    }
    stop(member);
    TargetHealth.State state = member.health().state();
    if (state != TargetHealth.State.HEALTHY && state != TargetHealth.State.UNHEALTHY) {
      note(member, TargetHealth.FIRST_CHECKS);
    }
    Tally tally = new Tally(check, member.health());
    Future<?> beat =
        control.scheduleAtFixedRate(
            () -> look(group.spec(), member, tally),
            0,
            Math.max(1, check.interval().toMillis()),
            TimeUnit.MILLISECONDS);
    watches.put(member, new Watch(check, tally, beat));
  }

  private void stop(Member member) {
    Watch watch = watches.remove(member);
    if (watch != null) {
      watch.beat().cancel(false);
    }
  }

  private static void note(Member member, TargetHealth health) {
    member.health(health, System.nanoTime());
  }

  private void look(TargetGroup spec, Member member, Tally tally) {
    probes.probe(spec, member, finding -> control.execute(() -> weigh(member, tally, finding)));
  }

  private void weigh(Member member, Tally tally, Finding finding) {
    Watch watch = watches.get(member);
    Group group = table.get().group(member.groupArn());
    if (watch == null || watch.tally() != tally || group == null) {
      // Nobody wants to know any more.
      return;
    }
    note(member, tally.add(finding));
    group.refresh();
    tell(group, member);
  }

  private void tell(Group group, Member member) {
    TargetHealth now = member.health();
    TargetHealth before = reported.put(member, now);
    if (!now.equals(before)) {
      report.changed(group, member, before == null ? TargetHealth.REGISTERING : before, now);
    }
  }
}
