package dev.longshore.agent.link;

import dev.longshore.wire.signature.Credentials;
import java.net.URI;

/**
 * Who the agent is and where its control plane stands.
 *
 * @param endpoint the API's address, http or https
 * @param keys what to sign with
 * @param cluster a name or an ARN, sent verbatim; empty registers with {@code default} and makes
 *     that cluster where it is missing
 * @param dockerVersion the container engine's version, such as {@code 28.2.2}
 */
public record LinkConfig(
    URI endpoint,
    String region,
    Keys keys,
    String cluster,
    String agentVersion,
    String agentHash,
    String dockerVersion) {
  static final String SERVICE = "ecs";

  /** The cluster to name in requests. */
  public String effectiveCluster() {
    return cluster.isEmpty() ? "default" : cluster;
  }

  LinkConfig as(Credentials others) {
    return new LinkConfig(
        endpoint, region, () -> others, cluster, agentVersion, agentHash, dockerVersion);
  }

  LinkConfig at(URI otherEndpoint, String otherRegion) {
    return new LinkConfig(
        otherEndpoint, otherRegion, keys, cluster, agentVersion, agentHash, dockerVersion);
  }
}
