package dev.longshore.bench.placement;

import dev.longshore.bench.report.Report;
import dev.longshore.core.placement.Preference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How many hosts each way to pack uses, and how many tasks it finds a place for. */
public final class PackingRun {
  private static final Preference CPU = new Preference.BinpackCpu();
  private static final Preference MEMORY = new Preference.BinpackMemory();

  private final Report report;

  private PackingRun(Report report) {
    this.report = report;
    report.line(
        "| workload | method | hosts used | of the bound | CPU of used hosts in use |"
            + " tasks placed | GPUs in use |");
    report.line("|---|---|---|---|---|---|---|");
  }

  /**
   * Packs every workload by every method and adds the table.
   *
   * @param openb the directory of the openb trace; null leaves it out
   */
  public static void run(Report report, @Nullable Path openb) throws IOException {
    PackingRun run = new PackingRun(report);
    if (openb != null) {
      run.run(Packing.openb(openb, false).uniform());
      run.run(Packing.openb(openb, false));
      run.run(Packing.openb(openb, true));
    }
    run.run(Packing.generated(1).uniform());
    run.run(Packing.generated(1));
  }

  private void run(Packing packing) {
    double bound = Bound.of(packing);
    report.line(
        String.format(
            Locale.ROOT,
            "| %s: %,d hosts, %,d tasks | LP lower bound | %.1f | 1 | | | |",
            packing.name(),
            packing.hosts().size(),
            packing.items().size(),
            bound));
    pack(packing, bound, "first fit", Packer.firstFit(packing));
    pack(packing, bound, "best fit", Packer.bestFit(packing));
    pack(packing, bound, "Longshore, binpack cpu", ours(packing, CPU));
    pack(packing, bound, "Longshore, binpack memory", ours(packing, MEMORY));
    pack(packing, bound, "Longshore, binpack cpu, memory", ours(packing, CPU, MEMORY));
  }

  private static Packer ours(Packing packing, Preference... strategies) {
    return new LongshorePacker(packing, List.of(strategies));
  }

  /** Places all tasks; each answer is booked apart from the packer's own account. */
  private void pack(Packing packing, double bound, String method, Packer packer) {
    Packer.Left left = new Packer.Left(packing);
    BitSet used = new BitSet();
    int placed = 0;
    int gpus = 0;
    for (Packing.Item item : packing.items()) {
      int host = packer.host(item);
      if (host >= 0) {
        if (!left.fits(host, item)) {
          throw new IllegalStateException(method + " overfilled host " + host);
        }
        left.take(host, item);
        used.set(host);
        placed++;
        gpus += item.gpus();
      }
    }
    int allGpus = packing.hosts().stream().mapToInt(Host::gpus).sum();
    report.line(
        String.format(
            Locale.ROOT,
            "| | %s | %,d | %.3f | %.1f %% | %,d | %s |",
            method,
            used.cardinality(),
            used.cardinality() / bound,
            100 * cpuInUse(packing, left, used),
            placed,
            allGpus == 0 ? "" : Math.round(1000.0 * gpus / allGpus) / 10.0 + " %"));
  }

  private static double cpuInUse(Packing packing, Packer.Left left, BitSet used) {
    double all = used.stream().mapToLong(host -> packing.hosts().get(host).cpu()).sum();
    return 1 - used.stream().mapToLong(host -> left.cpu[host]).sum() / all;
  }
}
