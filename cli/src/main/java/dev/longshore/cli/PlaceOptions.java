package dev.longshore.cli;

import dev.longshore.core.operation.Place;
import dev.longshore.server.ControlPlane;
import picocli.CommandLine.Option;

/** Which region and account a control plane is. */
final class PlaceOptions {
  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "The region that the control plane is (default: ${DEFAULT-VALUE}).")
  private String region = ControlPlane.REGION;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "The account that the control plane is (default: ${DEFAULT-VALUE}).")
  private String account = ControlPlane.ACCOUNT;

  Place place() {
    return new Place("aws", region, account);
  }
}
