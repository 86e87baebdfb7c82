package dev.longshore.bench;

import dev.longshore.bench.balancer.BalancerRun;
import dev.longshore.bench.balancer.SwitchRun;
import dev.longshore.bench.load.FleetLoad;
import dev.longshore.bench.load.HealingRun;
import dev.longshore.bench.load.LaunchRun;
import dev.longshore.bench.load.ReplacementRun;
import dev.longshore.bench.load.RollingRun;
import dev.longshore.bench.load.ServicesRun;
import dev.longshore.bench.placement.ExpressionBenchmark;
import dev.longshore.bench.placement.PackingRun;
import dev.longshore.bench.placement.PlacementRun;
import dev.longshore.bench.policy.PolicyBenchmark;
import dev.longshore.bench.registry.RegistryRun;
import dev.longshore.bench.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a benchmark and writes its section of docs/bench.md. */
@Command(
    name = "longshore bench",
    description = "Measures, and writes what it measured into a document.",
    synopsisSubcommandLabel = "TARGET",
    mixinStandardHelpOptions = true)
public final class Bench {
  private Bench() {}

  /** The options that all targets share. */
  static final class Output {
    @Option(names = "--document", description = "The document to write into; none: only print.")
    private @Nullable Path document;

    void write(Report report) throws IOException {
      if (document != null) {
        report.writeTo(document);
      }
    }
  }

  @Command(name = "placement", description = "Placements a second, beside Netflix Fenzo.")
  int placement(
      @CommandLine.Mixin Output output,
      @Option(names = "--instances", split = ",", defaultValue = "1000,10000,100000")
          List<Integer> sizes,
      @Option(names = "--repetitions", defaultValue = "5") int repetitions,
      @Option(names = "--seconds", defaultValue = "2") double seconds,
      @Option(names = "--without-peer") boolean alone)
      throws IOException {
    Report report = new Report("Placement", "placement");
    report.line(
        "One thread decides for 200 services, each bound to a quarter of the instances (memberOf),"
            + " one task an instance (distinctInstance), spread over three zones, then packed by"
            + " memory; instances of six sizes, half full. Fenzo evaluates on all cores, in batches"
            + " of 200, with `withMaxOffersToReject(0)`, no shortfall evaluation, and constraints"
            + " that look up instead of walking; it is left out beyond 10,000 instances, where a"
            + " round takes it seconds. Stopping tasks is not timed. Every answer is checked."
            + " Repetitions take turns.");
    report.line("");
    PlacementRun.run(report, sizes, repetitions, seconds, !alone);
    output.write(report);
    return 0;
  }

  @Command(name = "packing", description = "Hosts used, beside textbook methods and the LP bound.")
  int packing(
      @CommandLine.Mixin Output output,
      @Option(
              names = "--openb",
              paramLabel = "DIR",
              description = "Holds the two files of the openb trace; without, it is left out.")
          @Nullable Path openb)
      throws IOException {
    Report report = new Report("Packing", "packing" + (openb == null ? "" : " --openb DIR"));
    report.line(
        "Tasks are placed in the order of their arrival on hosts that are empty at first; none"
            + " stops. A host with a task is used. The bound is that of the linear relaxation on"
            + " the same hosts, by CPU and memory, without tasks that fit on none. Best fit leaves"
            + " least of CPU and memory together; the hosts are in the order of the workload. Where"
            + " hosts differ, who packs tightly fills small ones first and so uses more of them:"
            + " the share of their CPU that is in use tells more than their number.");
    report.line("");
    PackingRun.run(report, openb);
    report.line("");
    output.write(report);
    return 0;
  }

  @Command(name = "fleet", description = "Tasks and calls a second on simulated instances.")
  int fleet(
      @CommandLine.Mixin Output output,
      @Option(names = "--instances", defaultValue = "5000") int instances,
      @Option(names = "--tasks", defaultValue = "100000") int tasks,
      @Option(names = "--connections", defaultValue = "64") int connections)
      throws IOException, InterruptedException {
    Report report = new Report("Fleet", "fleet --instances " + instances + " --tasks " + tasks);
    report.line(
        "A control plane in a process of its own, its log on disk, takes signed calls over HTTP/1.1"
            + " from a client on the same cores. The container instances are simulated: their tasks"
            + " go through every state, without containers. Times are those of whole calls.");
    report.line("");
    FleetLoad.run(report, instances, tasks, connections);
    output.write(report);
    return 0;
  }

  @Command(name = "launches", description = "What of RunTask's time is placement.")
  int launches(
      @CommandLine.Mixin Output output,
      @Option(names = "--instances", defaultValue = "5000") int instances,
      @Option(names = "--tasks", defaultValue = "60000") int tasks,
      @Option(names = "--connections", defaultValue = "64") int connections)
      throws IOException, InterruptedException {
    Report report =
        new Report(
            "RunTask through the API, what placement costs",
            "launches --instances " + instances + " --tasks " + tasks);
    report.line(
        "A control plane in a process of its own, its log on disk, takes signed RunTasks over"
            + " HTTP/1.1 from a client on the same cores, for 200 groups in turns; the container"
            + " instances are simulated and run what they get. Meanwhile the JVM's flight recorder"
            + " samples the threads that run; a sample is placement's where placement, or keeping"
            + " its indexes, is on the stack.");
    report.line("");
    LaunchRun.run(report, instances, tasks, connections);
    output.write(report);
    return 0;
  }

  @Command(name = "healing", description = "Replacing a killed container, beside docker run.")
  int healing(
      @CommandLine.Mixin Output output, @Option(names = "--rounds", defaultValue = "30") int rounds)
      throws IOException, InterruptedException {
    Report report = new Report("Healing", "healing --rounds " + rounds);
    report.line(
        "A service of 3 tasks on 2 instances of this machine. In turns: the process of one of its"
            + " containers is killed, and the time taken until DescribeTasks shows the replacement"
            + " RUNNING; then `docker run -d` starts the same container by hand. The parts end with"
            + " the engine's own events.");
    report.line("");
    HealingRun.run(report, rounds);
    output.write(report);
    return 0;
  }

  @Command(name = "rolling", description = "Rolling updates under load, beside Docker Swarm.")
  int rolling(
      @CommandLine.Mixin Output output, @Option(names = "--rounds", defaultValue = "7") int rounds)
      throws IOException, InterruptedException {
    Report report = new Report("Rolling updates", "rolling --rounds " + rounds);
    report.line(
        "A service of 6 web servers, updated in turns by Longshore, on 2 instances of this machine,"
            + " and by Docker Swarm, on this engine alone: the same image, command, memory and"
            + " published port. Swarm updates without delays, with as many tasks at once as the"
            + " bounds allow, start-first where there may be more than 6 and stop-first where not."
            + " Neither knows a health check: a task counts as healthy from its start (`longshore"
            + " up` does not wait 40 s) until it is told to end, and the server answers for 0.2 s"
            + " after that. An update's time ends when, by the engine's events, 6 new containers"
            + " run and no old one is left; the counts are taken at each event. Meanwhile 100"
            + " requests a second go by turns to the tasks that the orchestrator's API calls"
            + " running.");
    report.line("");
    RollingRun.run(report, rounds);
    output.write(report);
    return 0;
  }

  @Command(name = "replacement", description = "A killed task's, beside Docker Swarm.")
  int replacement(
      @CommandLine.Mixin Output output, @Option(names = "--rounds", defaultValue = "20") int rounds)
      throws IOException, InterruptedException {
    Report report = new Report("Replacement", "replacement --rounds " + rounds);
    report.line(
        "A service of 3 web servers with Longshore, on 2 instances of this machine, and with Docker"
            + " Swarm, whose restart delay is 0, on the same engine. In turns the process of one of"
            + " their containers is killed. The phases end with the engine's own events, the last"
            + " one with the answer of the orchestrator's API, which is asked every 5 ms.");
    report.line("");
    ReplacementRun.run(report, rounds);
    output.write(report);
    return 0;
  }

  @Command(name = "services", description = "What thousands of services cost, and their healing.")
  int services(
      @CommandLine.Mixin Output output,
      @Option(names = "--instances", defaultValue = "5000") int instances,
      @Option(names = "--services", defaultValue = "5000") int services,
      @Option(names = "--tasks", defaultValue = "20") int tasks,
      @Option(names = "--losses", defaultValue = "20") int losses)
      throws IOException, InterruptedException {
    Report report =
        new Report(
            "Services",
            "services --instances " + instances + " --services " + services + " --tasks " + tasks);
    report.line(
        "A control plane in a process of its own, its log on disk, with simulated container"
            + " instances, which report like agents but send no heartbeats and no metrics. An"
            + " instance is lost when it is deregistered by force, as its detection would do it;"
            + " its tasks' services replace them elsewhere. Times are those that a caller sees.");
    report.line("");
    ServicesRun.run(report, instances, services, tasks, losses);
    output.write(report);
    return 0;
  }

  @Command(name = "registry", description = "Pushes and pulls, beside docker-registry.")
  int registry(
      @CommandLine.Mixin Output output, @Option(names = "--rounds", defaultValue = "5") int rounds)
      throws IOException, InterruptedException {
    Report report = new Report("Registry", "registry --rounds " + rounds);
    report.line(
        "Longshore and Debian's `docker-registry`, each in a process of its own with its files on"
            + " the same disk, by turns; the client is on the same cores. Longshore looks at"
            + " tokens, docker-registry asks nobody who they are. Both force a blob to the disk"
            + " before they acknowledge it. Rates are medians (least to most), of a client that"
            + " neither hashes nor keeps what it sends and reads, over HTTP/1.1; those of `skopeo`"
            + " include its own start and hashing. Two rounds go before those that count. Before"
            + " each go of either, a file of 320 MiB is written and deleted, so that the kernel's"
            + " memory for files need not first be had from a hypervisor.");
    report.line("");
    RegistryRun.run(report, rounds);
    output.write(report);
    return 0;
  }

  @Command(name = "balancer", description = "Requests through a load balancer, beside peers.")
  int balancer(
      @CommandLine.Mixin Output output,
      @Option(names = "--rounds", defaultValue = "5") int rounds,
      @Option(names = "--seconds", defaultValue = "3") int seconds)
      throws IOException, InterruptedException {
    Report report =
        new Report("Load balancer", "balancer --rounds " + rounds + " --seconds " + seconds);
    report.line(
        "`longshore gateway`, Debian's nginx and HAProxy by turns in front of the same backend (an"
            + " nginx that answers with 1 KiB), each with a thread for each core, kept connections"
            + " on both sides, no access log, and the headers that a load balancer adds. wrk is the"
            + " client, on two threads. All of it shares the machine's cores, so a rate is that of"
            + " the whole chain; the processor time is the proxy's own. Medians of rounds.");
    report.line("");
    BalancerRun.run(report, rounds, seconds);
    output.write(report);
    return 0;
  }

  @Command(name = "switch", description = "How soon traffic goes another way, under load.")
  int switches(
      @CommandLine.Mixin Output output,
      @Option(names = "--switches", defaultValue = "200") int switches,
      @Option(names = "--rate", defaultValue = "1000") int rate)
      throws IOException {
    Report report =
        new Report("Switching traffic", "switch --switches " + switches + " --rate " + rate);
    report.line(
        "A control plane, its log on disk, two targets, and a client that asks by a schedule ("
            + rate
            + " requests a second) share the two cores. A decision is when the engine's turn comes"
            + " to the command: what follows is the rest of the turn, the log's flush, the routes"
            + " and their way to the gateway. A request counts where it arrives at a target that"
            + " notes the time, within 100 ms after the switch; where none came after the"
            + " decision, that is 0 ms. The first 50 switches of each row are not counted.");
    report.line("");
    SwitchRun.run(report, switches, rate);
    report.line("");
    output.write(report);
    return 0;
  }

  @Command(name = "sealing", description = "What --encrypt-images costs pushes and pulls.")
  int sealing(
      @CommandLine.Mixin Output output, @Option(names = "--rounds", defaultValue = "5") int rounds)
      throws IOException, InterruptedException {
    Report report = new Report("Sealed images", "sealing --rounds " + rounds);
    report.line(
        "Two control planes, one with `--encrypt-images`, by turns; else as under Registry. A ratio"
            + " below 1 is what sealing costs.");
    report.line("");
    RegistryRun.sealing(report, rounds);
    report.line("");
    output.write(report);
    return 0;
  }

  @Command(name = "expression", description = "Compiling and matching query expressions.")
  int expression(@CommandLine.Mixin Output output) throws IOException, RunnerException {
    Report report = new Report("Query expressions", "expression");
    ExpressionBenchmark.run(report);
    output.write(report);
    return 0;
  }

  @Command(name = "policy", description = "Knowing a caller, and deciding what they may do.")
  int policy(@CommandLine.Mixin Output output) throws IOException, RunnerException {
    Report report = new Report("Callers and policies", "policy");
    report.line(
        "One thread. A user has 50 statements, a tenth of which deny, about actions with and"
            + " without wildcards on resources of their own; the one that allows stands last and"
            + " has a condition. The call is RunTask as the AWS CLI signs it, its policies"
            + " remembered as the server remembers them.");
    report.line("");
    PolicyBenchmark.run(report);
    report.line("");
    output.write(report);
    return 0;
  }

  /** Runs what the arguments ask for. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }
}
