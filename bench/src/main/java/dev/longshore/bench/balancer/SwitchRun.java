package dev.longshore.bench.balancer;

import dev.longshore.bench.report.Latencies;
import dev.longshore.bench.report.Report;
import dev.longshore.core.balancing.DeregisterTargets;
import dev.longshore.core.balancing.ModifyListener;
import dev.longshore.core.balancing.RegisterTargets;
import dev.longshore.shapes.elbv2.DeregisterTargetsInput;
import dev.longshore.shapes.elbv2.ModifyListenerInput;
import dev.longshore.shapes.elbv2.RegisterTargetsInput;
import dev.longshore.shapes.elbv2.TargetDescription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

/**
 * Switches traffic under an open-loop load, again and again, and sees when the last request reached
 * the target that was to get no more.
 */
public final class SwitchRun {
  /** Whatever comes to the old target so long after a switch still counts as late. */
  private static final long WATCHED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long GOAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int WARM_UP = 50;
  private static final int ENOUGH = 5;

  private final Report report;
  private final SwitchedTraffic traffic;
  private final List<NotedTarget> targets;

  /** One switch: what became of the command, and when the old target got its last request. */
  private record Switch(SwitchedTraffic.Times times, long last) {
    long untilDecided() {
      return times.decided() - times.called();
    }

    long untilDurable() {
      return times.durable() - times.decided();
    }

    /** 0 where nothing came after the decision. */
    long untilLast() {
      return Math.max(0, last - times.decided());
    }

    long untilLastFromDurable() {
      return Math.max(0, last - times.durable());
    }
  }

  /** Something that takes the traffic from the target of that number, and gives it to the other. */
  private interface Turn {
    SwitchedTraffic.Times take(int old) throws IOException;
  }

  private SwitchRun(Report report, SwitchedTraffic traffic, List<NotedTarget> targets) {
    this.report = report;
    this.traffic = traffic;
    this.targets = targets;
  }

  /** Runs it, embedded and fed, and adds the table. */
  public static void run(Report report, int switches, int perSecond) throws IOException {
    report.line(
        "| gateway | traffic is switched by | call → decision | decision → durable"
            + " | durable → last old request | decision → last old request"
            + " | within 10 ms of the decision, of its being durable |");
    report.line("|---|---|---|---|---|---|---|");
    List<String> loads = new ArrayList<>();
    for (boolean fed : new boolean[] {false, true}) {
      String where = fed ? "in a process of its own" : "in the control plane's process";
      try (NotedTarget blue = new NotedTarget();
          NotedTarget green = new NotedTarget();
          SwitchedTraffic traffic = new SwitchedTraffic(fed)) {
        loads.add(
            new SwitchRun(report, traffic, List.of(blue, green)).run(where, switches, perSecond));
      }
    }
    report.line("");
    loads.forEach(report::line);
  }

  private String run(String where, int switches, int perSecond) throws IOException {
    register(0, 0);
    register(1, 1);
    traffic.awaitHealthy(2);
    try (OpenLoad load = new OpenLoad(traffic.address(), perSecond)) {
      awaitTraffic(0);
      measure(where, "weights of a listener", switches, this::shift);
      register(0, 1);
      traffic.awaitHealthy(3);
      measure(where, "a target's deregistration", switches, this::deregister);
      return String.format(
          Locale.ROOT,
          "Gateway %s: %d requests answered, %d failed.",
          where,
          load.answered(),
          load.failed());
    }
  }

  private void measure(String where, String how, int count, Turn turn) throws IOException {
    report.progress(where + ", " + how);
    List<Switch> all = new ArrayList<>();
    for (int i = 0; i < WARM_UP + count; i++) {
      int old = i % 2;
      SwitchedTraffic.Times times = turn.take(old);
      LockSupport.parkNanos(WATCHED_NANOS);
      if (i >= WARM_UP) {
        all.add(new Switch(times, targets.get(old).last()));
      }
      awaitTraffic(1 - old);
    }
    report.line(
        String.join(
            " | ",
            "| " + where,
            how,
            times(all, Switch::untilDecided),
            times(all, Switch::untilDurable),
            times(all, Switch::untilLastFromDurable),
            times(all, Switch::untilLast),
            soon(all, Switch::untilLast)
                + ", "
                + soon(all, Switch::untilLastFromDurable)
                + " of "
                + count
                + " |"));
  }

  private static long soon(List<Switch> all, ToLongFunction<Switch> part) {
    return all.stream().filter(each -> part.applyAsLong(each) <= GOAL_NANOS).count();
  }

  private static String times(List<Switch> all, ToLongFunction<Switch> part) {
    return new Latencies(all.stream().mapToLong(part).toArray()).toString();
  }

  private SwitchedTraffic.Times shift(int old) {
    return traffic.time(
        new ModifyListener(),
        ModifyListenerInput.builder()
            .listenerArn(traffic.listener())
            .defaultActions(traffic.forward(1 - old))
            .build());
  }

  /** Both are in the first group before; the one that stays may have been let go a turn ago. */
  private SwitchedTraffic.Times deregister(int old) throws IOException {
    register(0, 1 - old);
    awaitTraffic(1 - old);
    return traffic.time(
        new DeregisterTargets(), new DeregisterTargetsInput(traffic.group(0), described(old)));
  }

  private void register(int group, int target) {
    traffic.tell(
        new RegisterTargets(), new RegisterTargetsInput(traffic.group(group), described(target)));
  }

  private List<TargetDescription> described(int target) {
    return List.of(
        TargetDescription.builder().id("127.0.0.1").port(targets.get(target).port()).build());
  }

  /** Until some more requests came to a target. */
  private void awaitTraffic(int target) throws IOException {
    long enough = targets.get(target).count() + ENOUGH;
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (targets.get(target).count() < enough) {
      if (System.nanoTime() > end) {
        throw new IOException("a target gets no requests");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
