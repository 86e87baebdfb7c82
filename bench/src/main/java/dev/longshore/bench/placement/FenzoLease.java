package dev.longshore.bench.placement;

import com.netflix.fenzo.VirtualMachineLease;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.mesos.Protos;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a host, offered to Fenzo, which looks for null in maps: hence the older kind.
 *
 * @param cpuCores CPU units; the name is Fenzo's, and no unit is assumed
 * @param memoryMB MiB, likewise
 */
record FenzoLease(String hostname, double cpuCores, double memoryMB)
    implements VirtualMachineLease {
  @Override
  public String getId() {
    return hostname;
  }

  @Override
  public long getOfferedTime() {
    return 0;
  }

  @Override
  public String getVMID() {
    return hostname;
  }

  @Override
  public double networkMbps() {
    return 0;
  }

  @Override
  public double diskMB() {
    return 0;
  }

  @Override
  public List<Range> portRanges() {
    return List.of();
  }

  @Override
  public Protos.@Nullable Offer getOffer() {
    return null;
  }

  @Override
  public Map<String, Protos.Attribute> getAttributeMap() {
    return Collections.emptyMap();
  }

  @Override
  public @Nullable Double getScalarValue(String name) {
    return null;
  }

  @Override
  public Map<String, Double> getScalarValues() {
    return Collections.emptyMap();
  }
}
