package dev.longshore.agent.metadata;

import dev.longshore.agent.metadata.MetadataAnswers.Version;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** The task endpoint's paths. */
final class TaskFront implements Front {
  /** Requests a second, and at once, for a client and path. */
  private static final double STEADY = 40;

  private static final double BURST = 60;

  /** Faults: one request in five seconds. */
  private static final double FAULT_STEADY = 0.2;

  private static final Set<String> FAULTS =
      Set.of("network-blackhole-port", "network-latency", "network-packet-loss");
  private static final Set<String> OPERATIONS = Set.of("start", "stop", "status");

  private final MetadataAnswers metadata;
  private final CredentialsAnswers credentials;
  private final ProtectionAnswers protection;
  private final FaultAnswers faults;
  private final LongSupplier nanoClock;

  // Used on the event loop only.
  private final RateLimit limit = new RateLimit(STEADY, BURST);
  private final RateLimit faultLimit = new RateLimit(FAULT_STEADY, 1);

  TaskFront(Registry registry, Limits limits, LongSupplier nanoClock) {
    this.metadata = new MetadataAnswers(registry, limits);
    this.credentials = new CredentialsAnswers(registry);
    this.protection = new ProtectionAnswers(registry, limits);
    this.faults = new FaultAnswers(registry);
    this.nanoClock = nanoClock;
  }

  @Override
  public Optional<Reply> atOnce(Ask ask) {
    var key = ask.client() + " " + ask.path();
    var now = nanoClock.getAsLong();
    if (isFault(segments(ask.path()))) {
      return faultLimit.admits(key, now)
          ? Optional.empty()
          : Optional.of(Reply.text(429, "You have reached maximum request limit"));
    }
    if (!limit.admits(key, now)) {
      return Optional.of(Reply.text(429, "You have reached maximum request limit."));
    }
    return CleanPath.redirect(ask.target()).map(Reply::movedTo);
  }

  @Override
  public Reply answer(Ask ask) {
    var path = segments(ask.path());
    return switch (path.getFirst()) {
      case "api" -> api(ask, path);
      case "v1", "v2", "v3", "v4" -> ask.reads() ? read(ask, path) : Reply.METHOD_NOT_ALLOWED;
      default -> Reply.NOT_FOUND;
    };
  }

  private Reply read(Ask ask, List<String> path) {
    return switch (path.getFirst()) {
      case "v1" ->
          ask.path().equals("/v1/credentials")
              ? credentials.answer(ask, 1, ask.parameter("id"))
              : Reply.NOT_FOUND;
      case "v2" -> v2(ask, path);
      case "v3" -> byEndpoint(Version.V3, path);
      default -> byEndpoint(Version.V4, path);
    };
  }

  private Reply byEndpoint(Version version, List<String> path) {
    return path.size() < 2 || path.contains("")
        ? Reply.NOT_FOUND
        : metadata.answer(version, path.get(1), path.subList(2, path.size()));
  }

  private Reply v2(Ask ask, List<String> path) {
    var id = path.size() == 3 ? path.getLast() : "";
    if (path.size() < 2 || path.size() > 3) {
      return Reply.NOT_FOUND;
    }
    return switch (path.get(1)) {
      case "credentials" -> path.size() == 3 ? credentials.answer(ask, 2, id) : Reply.NOT_FOUND;
      case "metadata" ->
          id.isEmpty()
              ? metadata.v2Task(ask.client(), false)
              : metadata.v2Container(ask.client(), id);
      case "metadataWithTags" ->
          id.isEmpty() ? metadata.v2Task(ask.client(), true) : Reply.NOT_FOUND;
      case "stats" ->
          id.isEmpty()
              ? metadata.v2Statistics(ask.client())
              : metadata.v2ContainerStatistics(ask.client(), id);
      default -> Reply.NOT_FOUND;
    };
  }

  private Reply api(Ask ask, List<String> path) {
    if (isFault(path)) {
      return ask.method().equals("POST")
          ? faults.answer(path.get(1), ask.body())
          : Reply.METHOD_NOT_ALLOWED;
    }
    if (path.size() == 5
        && String.join("/", path.subList(2, 5)).equals("task-protection/v1/state")) {
      return switch (ask.method()) {
        case "GET" -> protection.get(path.get(1));
        case "PUT" -> protection.put(path.get(1), ask.body());
        default -> Reply.METHOD_NOT_ALLOWED;
      };
    }
    return Reply.NOT_FOUND;
  }

  private static boolean isFault(List<String> path) {
    return path.size() == 6
        && path.getFirst().equals("api")
        && path.get(2).equals("fault")
        && path.get(3).equals("v1")
        && FAULTS.contains(path.get(4))
        && OPERATIONS.contains(path.get(5));
  }

  /** The path's parts after its first slash; an empty last one stands for a closing slash. */
  private static List<String> segments(String path) {
    return List.of(path.substring(Math.min(1, path.length())).split("/", -1));
  }
}
