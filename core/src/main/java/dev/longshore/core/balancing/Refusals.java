package dev.longshore.core.balancing;

import dev.longshore.core.operation.Operations;
import dev.longshore.core.operation.Query;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import java.util.Map;
import java.util.TreeMap;

/** The actions that are refused, and why. */
public final class Refusals {
  private static final String NO_TRUST =
      "listeners do not ask clients for certificates, so there is nobody to trust by them";
  private static final String NO_CAPACITY =
      "a load balancer has what its machine has, and nothing of it can be set aside";
  private static final String NO_POOLS = "addresses are those of the loopback network";

  private Refusals() {}

  /** Why each of them is refused, by name. */
  public static Map<String, String> reasons() {
    Map<String, String> reasons = new TreeMap<>();
    reasons.put("AddTrustStoreRevocations", NO_TRUST);
    reasons.put("CreateTrustStore", NO_TRUST);
    reasons.put("DeleteSharedTrustStoreAssociation", NO_TRUST);
    reasons.put("DeleteTrustStore", NO_TRUST);
    reasons.put("DescribeTrustStoreAssociations", NO_TRUST);
    reasons.put("DescribeTrustStoreRevocations", NO_TRUST);
    reasons.put("DescribeTrustStores", NO_TRUST);
    reasons.put("GetResourcePolicy", NO_TRUST);
    reasons.put("GetTrustStoreCaCertificatesBundle", NO_TRUST);
    reasons.put("GetTrustStoreRevocationContent", NO_TRUST);
    reasons.put("ModifyTrustStore", NO_TRUST);
    reasons.put("RemoveTrustStoreRevocations", NO_TRUST);
    reasons.put("ModifyCapacityReservation", NO_CAPACITY);
    reasons.put("ModifyIpPools", NO_POOLS);
    return reasons;
  }

  static void register(Operations operations) {
    reasons().forEach((name, why) -> operations.query(name, refusing(name, why)));
  }

  private static Query<Shape, Shape> refusing(String name, String why) {
    return (view, request, context) -> {
      throw new ServiceException(
          "UnsupportedFeatureException",
          400,
          "Longshore does not support " + name + ": " + why + '.');
    };
  }
}
