package dev.longshore.server;

import dev.longshore.core.operation.Place;
import dev.longshore.server.fleet.FleetSettings;
import dev.longshore.server.registry.ImageScanner;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a control plane is to run.
 *
 * @param dataDirectory where the log, its snapshots and the root key stand
 * @param host the address to listen on; loopback unless the operator says otherwise
 * @param port the port of the API; 0 takes a free one
 * @param advertised the address that agents are told to connect to; null for the one listened on
 * @param authenticate false believes every caller to be root
 * @param simulatedInstances how many container instances to pretend
 * @param fleet the times of agents' sessions
 * @param healthyAfter how long a task without health checks runs before it counts as healthy
 * @param encryptImages whether layers and manifests that come are sealed on the disk
 * @param imageScanner looks for weaknesses in images; null: nobody does
 */
public record ControlPlaneSettings(
    Path dataDirectory,
    String host,
    int port,
    @Nullable String advertised,
    boolean authenticate,
    int simulatedInstances,
    FleetSettings fleet,
    Duration healthyAfter,
    boolean encryptImages,
    @Nullable ImageScanner imageScanner,
    Place place) {
  /** A control plane on loopback. */
  public static ControlPlaneSettings local(Path dataDirectory, int port) {
    return new ControlPlaneSettings(
        dataDirectory,
        "127.0.0.1",
        port,
        null,
        true,
        0,
        FleetSettings.USUAL,
        Duration.ZERO,
        false,
        null,
        new Place("aws", ControlPlane.REGION, ControlPlane.ACCOUNT));
  }

  public ControlPlaneSettings withAuthentication(boolean wanted) {
    return new ControlPlaneSettings(
        dataDirectory,
        host,
        port,
        advertised,
        wanted,
        simulatedInstances,
        fleet,
        healthyAfter,
        encryptImages,
        imageScanner,
        place);
  }

  public ControlPlaneSettings withSimulatedInstances(int count) {
    return new ControlPlaneSettings(
        dataDirectory,
        host,
        port,
        advertised,
        authenticate,
        count,
        fleet,
        healthyAfter,
        encryptImages,
        imageScanner,
        place);
  }

  /** Listens on that address and sends agents to the other one. */
  public ControlPlaneSettings withAddress(String newHost, @Nullable String newAdvertised) {
    return new ControlPlaneSettings(
        dataDirectory,
        newHost,
        port,
        newAdvertised,
        authenticate,
        simulatedInstances,
        fleet,
        healthyAfter,
        encryptImages,
        imageScanner,
        place);
  }

  /** Counts a task without health checks as healthy once it has run for so long; AWS: 40 s. */
  public ControlPlaneSettings withHealthyAfter(Duration time) {
    return new ControlPlaneSettings(
        dataDirectory,
        host,
        port,
        advertised,
        authenticate,
        simulatedInstances,
        fleet,
        time,
        encryptImages,
        imageScanner,
        place);
  }

  /** Keeps agents' sessions by other times than the usual ones. */
  public ControlPlaneSettings withFleet(FleetSettings times) {
    return new ControlPlaneSettings(
        dataDirectory,
        host,
        port,
        advertised,
        authenticate,
        simulatedInstances,
        times,
        healthyAfter,
        encryptImages,
        imageScanner,
        place);
  }

  /** Seals layers and manifests on the disk under a key of the data directory. */
  public ControlPlaneSettings withEncryptedImages(boolean wanted) {
    return new ControlPlaneSettings(
        dataDirectory,
        host,
        port,
        advertised,
        authenticate,
        simulatedInstances,
        fleet,
        healthyAfter,
        wanted,
        imageScanner,
        place);
  }

  /** Has images scanned by that scanner. */
  public ControlPlaneSettings withImageScanner(ImageScanner scanner) {
    return new ControlPlaneSettings(
        dataDirectory,
        host,
        port,
        advertised,
        authenticate,
        simulatedInstances,
        fleet,
        healthyAfter,
        encryptImages,
        scanner,
        place);
  }
}
