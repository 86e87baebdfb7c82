package dev.longshore.server.registry;

import java.util.Map;
import java.util.TreeMap;

/** The actions of ECR that are refused, and why. */
public final class Unsupported {
  private static final String NO_SIGNER =
      "there is no signer: a configuration that signs nothing would be a lie; sign with a client,"
          + " whose signatures are kept as referrers";

  private Unsupported() {}

  /** Why each of them is refused, by name. */
  public static Map<String, String> reasons() {
    Map<String, String> reasons = new TreeMap<>();
    reasons.put("PutSigningConfiguration", NO_SIGNER);
    reasons.put("GetSigningConfiguration", NO_SIGNER);
    reasons.put("DeleteSigningConfiguration", NO_SIGNER);
    reasons.put("DescribeImageSigningStatus", NO_SIGNER);
    return reasons;
  }
}
