package dev.longshore.cli;

import picocli.CommandLine.Option;

/** Where the load balancers' traffic of a control plane goes. */
final class TrafficOptions {
  @Option(
      names = "--no-gateway",
      description = {
        "Carry no load balancer's traffic in this process: gateways in processes of their own",
        "(longshore gateway --endpoint) carry it, whether or not this one runs."
      })
  private boolean noGateway;

  boolean here() {
    return !noGateway;
  }
}
