package dev.longshore.bench.placement;

import com.netflix.fenzo.ConstraintEvaluator;
import com.netflix.fenzo.SchedulingResult;
import com.netflix.fenzo.TaskAssignmentResult;
import com.netflix.fenzo.TaskRequest;
import com.netflix.fenzo.TaskScheduler;
import com.netflix.fenzo.TaskTrackerState;
import com.netflix.fenzo.VMAssignmentResult;
import com.netflix.fenzo.VMTaskFitnessCalculator;
import com.netflix.fenzo.VirtualMachineCurrentState;
import com.netflix.fenzo.VirtualMachineLease;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Netflix Fenzo, set up as well as we know how: no offer is rejected, no shortfall is reckoned, and
 * instead of its plugins, which walk all tasks of a service for each host, constraints and a
 * fitness that look up what is kept here beside it. A call brings a whole batch, for which Fenzo is
 * made. It evaluates hosts on as many threads as there are processors.
 */
final class FenzoScheduler implements Scheduler {
  private static final long FOR_EVER_SECONDS = 1_000_000;
  private static final ConstraintEvaluator.Result YES = new ConstraintEvaluator.Result(true, "");
  private static final ConstraintEvaluator.Result NO = new ConstraintEvaluator.Result(false, "no");

  private final Workload workload;
  private final TaskScheduler fenzo;
  private final List<ConstraintEvaluator> constraints = List.of(new MemberOf(), new Distinct());

  private final int[] zones;
  private final int[] cpu;
  private final int[] memory;
  private final double mostMemory;

  /** By service, by zone. */
  private final int[][] zoneCounts;

  /** By service. */
  private final List<Set<Integer>> hostsOf = new ArrayList<>();

  private final boolean[] offered;
  private final Set<Integer> changed = new HashSet<>();
  private final Map<Long, String> ids = new HashMap<>();
  private long tasks;

  FenzoScheduler(Workload workload) {
    this.workload = workload;
    int hosts = workload.hosts().size();
    zones = new int[hosts];
    Arrays.setAll(zones, workload::zone);
    cpu = workload.hosts().stream().mapToInt(Host::cpu).toArray();
    memory = workload.hosts().stream().mapToInt(Host::memory).toArray();
    mostMemory = Arrays.stream(memory).max().orElse(1);
    zoneCounts = new int[workload.kinds().size()][Workload.ZONES];
    workload.kinds().forEach(kind -> hostsOf.add(new HashSet<>()));
    offered = new boolean[hosts];
    for (int host = 0; host < hosts; host++) {
      changed.add(host);
    }
    fenzo =
        new TaskScheduler.Builder()
            .withLeaseRejectAction(lease -> {})
            .withLeaseOfferExpirySecs(FOR_EVER_SECONDS)
            .withMaxOffersToReject(0)
            .disableShortfallEvaluation()
            .withFitnessCalculator(new SpreadThenBinpack())
            .build();
  }

  @Override
  public void put(int kind, int host) {
    take(kind, host, 1);
    hostsOf.get(kind).add(host);
  }

  @Override
  public void place(int[] kinds, int[] hosts) {
    Map<String, Integer> positions = new HashMap<>();
    List<TaskRequest> requests = new ArrayList<>();
    for (int at = 0; at < kinds.length; at++) {
      Kind asked = workload.kinds().get(kinds[at]);
      String id = "t" + tasks++;
      positions.put(id, at);
      requests.add(new FenzoTask(id, kinds[at], asked, constraints));
    }
    SchedulingResult result = fenzo.scheduleOnce(requests, offers());
    if (!result.getExceptions().isEmpty()) {
      throw new IllegalStateException(result.getExceptions().getFirst());
    }
    Arrays.fill(hosts, -1);
    for (VMAssignmentResult assigned : result.getResultMap().values()) {
      int host = number(assigned.getHostname());
      offered[host] = false;
      for (TaskAssignmentResult task : assigned.getTasksAssigned()) {
        Integer at = positions.get(task.getTaskId());
        if (at == null) {
          throw new IllegalStateException("Fenzo placed " + task.getTaskId() + " unasked.");
        }
        hosts[at] = host;
        put(kinds[at], host);
        ids.put(pair(kinds[at], host), task.getTaskId());
        fenzo.getTaskAssigner().call(task.getRequest(), assigned.getHostname());
      }
    }
  }

  /** What is left of each host that changed since it was last offered. */
  private List<VirtualMachineLease> offers() {
    List<VirtualMachineLease> leases = new ArrayList<>();
    for (int host : changed) {
      String name = workload.hosts().get(host).name();
      if (offered[host]) {
        fenzo.expireAllLeases(name);
      }
      leases.add(new FenzoLease(name, cpu[host], memory[host]));
      offered[host] = true;
    }
    changed.clear();
    return leases;
  }

  @Override
  public void stop(int kind, int host) {
    take(kind, host, -1);
    hostsOf.get(kind).remove(host);
    String id = ids.remove(pair(kind, host));
    if (id != null) {
      fenzo.getTaskUnAssigner().call(id, workload.hosts().get(host).name());
    }
  }

  private void take(int kind, int host, int times) {
    Kind asked = workload.kinds().get(kind);
    cpu[host] -= times * asked.cpu();
    memory[host] -= times * asked.memory();
    zoneCounts[kind][zones[host]] += times;
    changed.add(host);
  }

  @Override
  public void close() {
    fenzo.shutdown();
  }

  private static int number(String hostname) {
    return Integer.parseInt(hostname, 1, hostname.length(), 10);
  }

  private static long pair(int kind, int host) {
    return (long) kind << 32 | host;
  }

  private final class MemberOf implements ConstraintEvaluator {
    @Override
    public String getName() {
      return "memberOf";
    }

    @Override
    public Result evaluate(
        TaskRequest task, VirtualMachineCurrentState host, TaskTrackerState state) {
      return workload.isMember(((FenzoTask) task).kind, number(host.getHostname())) ? YES : NO;
    }
  }

  private final class Distinct implements ConstraintEvaluator {
    @Override
    public String getName() {
      return "distinctInstance";
    }

    @Override
    public Result evaluate(
        TaskRequest task, VirtualMachineCurrentState host, TaskTrackerState state) {
      boolean taken = hostsOf.get(((FenzoTask) task).kind).contains(number(host.getHostname()));
      return taken ? NO : YES;
    }
  }

  /** The zone decides; memory adds less than a zone with one task more costs. */
  private final class SpreadThenBinpack implements VMTaskFitnessCalculator {
    @Override
    public String getName() {
      return "spreadThenBinpack";
    }

    @Override
    public double calculateFitness(
        TaskRequest task, VirtualMachineCurrentState host, TaskTrackerState state) {
      int[] counts = zoneCounts[((FenzoTask) task).kind];
      int fewest = Math.min(counts[0], Math.min(counts[1], counts[2]));
      int more = counts[zones[number(host.getHostname())]] - fewest;
      double spread = 1.0 / (2 + more);
      double next = 1.0 / (3 + more);
      double left = host.getCurrAvailableResources().memoryMB() / mostMemory;
      return spread - (spread - next) * 0.999 * left;
    }
  }
}
