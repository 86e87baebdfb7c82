package dev.longshore.gateway.metric;

import java.util.EnumMap;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one load balancer or target group. */
public final class Counts {
  private final EnumMap<Count, LongAdder> adders = new EnumMap<>(Count.class);
  private final Latencies latencies = new Latencies();

  Counts() {
    for (Count each : Count.values()) {
      adders.put(each, new LongAdder());
    }
  }

  private LongAdder adder(Count count) {
    return Objects.requireNonNull(adders.get(count));
  }

  public void add(Count count) {
    adder(count).increment();
  }

  public void add(Count count, long number) {
    adder(count).add(number);
  }

  /** What was added so far. */
  public long sum(Count count) {
    return adder(count).sum();
  }

  /** TargetResponseTime: from sending a request on until the head of its answer. */
  public Latencies latencies() {
    return latencies;
  }

  /** An answer that no target gave. */
  public void addOwn(int status) {
    switch (status / 100) {
      case 3 -> add(Count.ELB_3XX);
      case 4 -> add(Count.ELB_4XX);
      case 5 -> add(Count.ELB_5XX);
      default -> {}
    }
    switch (status) {
      case 500 -> add(Count.ELB_500);
      case 502 -> add(Count.ELB_502);
      case 503 -> add(Count.ELB_503);
      case 504 -> add(Count.ELB_504);
      default -> {}
    }
  }
}
