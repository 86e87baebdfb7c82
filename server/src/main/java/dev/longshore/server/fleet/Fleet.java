package dev.longshore.server.fleet;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Ids;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import dev.longshore.server.engine.Watcher;
import dev.longshore.server.http.Request;
import dev.longshore.server.http.Response;
import dev.longshore.server.http.WebSocketConnection;
import dev.longshore.server.http.WebSocketListener;
import dev.longshore.server.http.WebSocketRoute;
import dev.longshore.server.identity.RoleSessions;
import dev.longshore.shapes.ecs.VersionInfo;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agents' sessions, and the watcher that makes each follow the State. What connections hear and
 * what was committed waits in a bounded queue until {@link #turn} takes it, so sessions need no
 * lock.
 *
 * <p>{@link #turn} needs neither a thread nor a clock of its own, so that a simulation turns the
 * fleet itself; {@link RunningFleet} is the thread that turns it in a process.
 */
public final class Fleet implements Watcher {
  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
  private static final int QUEUE = 100_000;
  private static final Duration TICK = Duration.ofSeconds(1);

  /** The query parameters in which the two upgrades name the container instance. */
  private static final String ACS_ARN = "containerInstanceArn";

  private static final String TCS_ARN = "containerInstance";

  private final Home home;
  private final FleetSettings settings;
  private final FleetReports reports;
  private final RoleSessions roleSessions;
  private final Supplier<State> committed;
  private final InstantSource clock;
  private final Ids ids;
  private final BiFunction<Request, String, @Nullable String> authentication;
  private final Predicate<ContainerInstance> hasAgent;

  private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>(QUEUE);
  private final Set<String> dirty = ConcurrentHashMap.newKeySet();
  private final Map<String, AcsSession> sessions = new HashMap<>();

  /** By instance; they outlive sessions and end with the instance. */
  private final Map<String, RoleDelivery> roles = new HashMap<>();

  private volatile boolean closing;

  /** Called when there may be something to turn. */
  private volatile Runnable wake = () -> {};

  /** When sessions are next looked at though nothing came; used by the turning thread alone. */
  private Instant nextTick = Instant.MIN;

  private @Nullable Instant leadingSince;

  /**
   * @param home what payloads say about the control plane
   * @param roleSessions issues the keys of tasks' roles
   * @param committed the newest committed State
   * @param authentication what is wrong with an upgrade's signature or its sender's rights, for the
   *     instance that it names; null for nothing
   * @param hasAgent whether an instance needs a session to count as connected
   */
  public Fleet(
      Home home,
      FleetSettings settings,
      FleetReports reports,
      RoleSessions roleSessions,
      Supplier<State> committed,
      InstantSource clock,
      Ids ids,
      BiFunction<Request, String, @Nullable String> authentication,
      Predicate<ContainerInstance> hasAgent) {
    this.home = home;
    this.settings = settings;
    this.reports = reports;
    this.roleSessions = roleSessions;
    this.committed = committed;
    this.clock = clock;
    this.ids = ids;
    this.authentication = authentication;
    this.hasAgent = hasAgent;
  }

  void onWake(Runnable runnable) {
    wake = runnable;
  }

  /** Where agents open ACS: {@code /acs/ws}. */
  public WebSocketRoute acs() {
    return upgrade -> {
      Response refusal = refusal(upgrade, ACS_ARN, "clusterArn");
      return refusal == null
          ? new WebSocketRoute.Accepted(new AcsListener(new AgentQuery(upgrade.query())))
          : new WebSocketRoute.Refused(refusal);
    };
  }

  /** Where agents open TCS: {@code /tcs/ws}. */
  public WebSocketRoute tcs() {
    return upgrade -> {
      Response refusal = refusal(upgrade, TCS_ARN, "cluster");
      return refusal == null
          ? new WebSocketRoute.Accepted(new TcsSession(reports, arnOf(upgrade, TCS_ARN)))
          : new WebSocketRoute.Refused(refusal);
    };
  }

  private static String arnOf(Request upgrade, String parameter) {
    return new AgentQuery(upgrade.query()).value(parameter);
  }

  private @Nullable Response refusal(
      Request upgrade, String arnParameter, String clusterParameter) {
    AgentQuery query = new AgentQuery(upgrade.query());
    String arn = query.value(arnParameter);
    String problem = authentication.apply(upgrade, arn);
    if (problem != null) {
      return refusal(403, "AccessDeniedException", problem);
    }
    ContainerInstance instance = committed.get().find(ContainerInstance.KIND, arn);
    if (instance == null) {
      return refusal(400, "InvalidInstanceException", "Container instance not found.");
    }
    if (instance.status().equals("INACTIVE")) {
      return refusal(400, "InactiveInstanceException", "Container instance deregistered");
    }
    if (!isCluster(query.value(clusterParameter), instance.clusterArn())) {
      return refusal(400, "InvalidClusterException", "Cluster not found.");
    }
    return null;
  }

  /** Agents name their cluster as they were configured: by name, by ARN, or not at all. */
  private static boolean isCluster(String named, String clusterArn) {
    return named.isEmpty() || named.equals(clusterArn) || clusterArn.endsWith(":cluster/" + named);
  }

  private static Response refusal(int status, String type, String text) {
    return Response.of(status, "application/json", AcsMessages.refusal(type, text));
  }

  @Override
  public void leading(State state) {
    post(() -> leadingSince = clock.instant());
  }

  @Override
  public void committed(State state, List<Change<?>> changes) {
    boolean news = false;
    for (Change<?> change : changes) {
      Task task = change.row(Task.KIND);
      if (task != null && task.containerInstanceArn() != null) {
        news |= dirty.add(task.containerInstanceArn());
      }
      ContainerInstance instance = change.row(ContainerInstance.KIND);
      if (instance != null && instance.status().equals("INACTIVE")) {
        news |= dirty.add(instance.arn());
      }
    }
    if (news) {
      post(this::syncDirty);
    }
  }

  private void syncDirty() {
    for (String arn : dirty.toArray(String[]::new)) {
      dirty.remove(arn);
      AcsSession session = sessions.get(arn);
      if (session != null) {
        session.sync(committed.get(), clock.instant());
      }
      ContainerInstance instance = committed.get().find(ContainerInstance.KIND, arn);
      if (instance == null || instance.isInactive()) {
        roles.remove(arn);
      }
    }
  }

  /** False where the queue is full: an agent that was not heard will repeat itself. */
  private boolean post(Runnable event) {
    boolean taken = inbox.offer(event);
    if (!taken) {
      LOG.warn("The fleet's queue is full.");
    }
    wake.run();
    return taken;
  }

  /** Whether a turn at that time would have something to do. */
  public boolean due(Instant now) {
    return !inbox.isEmpty() || !now.isBefore(nextTick);
  }

  /** When the next turn is due though nothing comes. Asked by the turning thread alone. */
  public Instant wakeAt() {
    return nextTick;
  }

  /** Takes what has come in so far and does what time brings. One thread at a time may turn. */
  public void turn(Instant now) {
    for (int waiting = inbox.size(); waiting > 0; waiting--) {
      Runnable event = inbox.poll();
      if (event != null) {
        attempt(event);
      }
    }
    if (!now.isBefore(nextTick)) {
      nextTick = now.plus(TICK);
      attempt(() -> tick(now));
    }
  }

  private static void attempt(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException e) {
      LOG.error("An event of the fleet failed; sessions compare anew soon.", e);
    }
  }

  private void tick(Instant now) {
    State state = committed.get();
    sessions.values().forEach(session -> session.tick(state, now));
    if (leadingSince != null && !now.isBefore(leadingSince.plus(settings.reconnectGrace()))) {
      leadingSince = null;
      for (ContainerInstance instance : state.all(ContainerInstance.KIND)) {
        if (instance.agentConnected()
            && hasAgent.test(instance)
            && !sessions.containsKey(instance.arn())) {
          reports.disconnected(instance.arn());
        }
      }
    }
  }

  /** The server stops: what becomes of sessions from now on is no news to keep. */
  void closing() {
    closing = true;
  }

  /** Closes every session, on the turning thread. */
  void closeSessions() {
    sessions.values().forEach(session -> session.close("The server stops."));
  }

  /** Hands what one ACS connection hears to the fleet's queue. */
  private final class AcsListener implements WebSocketListener {
    private final AgentQuery query;
    private volatile @Nullable AcsSession session;

    AcsListener(AgentQuery query) {
      this.query = query;
    }

    @Override
    public void opened(WebSocketConnection connection) {
      if (!post(() -> begin(connection))) {
        connection.close(1013, "Try again later");
      }
    }

    private void begin(WebSocketConnection connection) {
      String arn = query.value(ACS_ARN);
      boolean answers = query.value("protocolVersion").equals("2");
      Instant now = clock.instant();
      AcsSession opened =
          new AcsSession(arn, home, answers, connection, settings, reports, roles(arn), ids, now);
      session = opened;
      AcsSession older = sessions.put(arn, opened);
      if (older != null) {
        older.close("A newer connection of this agent took its place.");
      }
      reports.connected(
          arn,
          VersionInfo.builder()
              .agentVersion(query.value("agentVersion"))
              .agentHash(query.value("agentHash"))
              .dockerVersion(query.value("dockerVersion"))
              .build());
      opened.open(committed.get(), now);
    }

    /** An agent that was started anew has no credentials any more, and says so. */
    private RoleDelivery roles(String arn) {
      if (query.value("sendCredentials").equals("true")) {
        roles.remove(arn);
      }
      return roles.computeIfAbsent(
          arn, key -> new RoleDelivery(roleSessions, home.place(), settings, ids));
    }

    @Override
    public void text(String frame) {
      post(() -> {
        AcsSession open = session;
        if (open != null) {
          read(open, frame);
        }
      });
    }

    private void read(AcsSession open, String frame) {
      try {
        open.text(Json.parse(frame), committed.get(), clock.instant());
      } catch (JsonSyntaxException e) {
        LOG.warn("Agent of {} sent no JSON: {}", open.instanceArn(), e.getMessage());
      }
    }

    @Override
    public void closed(int code, String reason) {
      // The end of a session must be heard, or its instance would seem connected for ever.
      if (!inbox.offer(this::end)) {
        Thread.ofVirtual().start(this::endLater);
      }
      wake.run();
    }

    private void endLater() {
      try {
        inbox.put(this::end);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void end() {
      AcsSession ended = session;
      if (ended != null && sessions.remove(ended.instanceArn(), ended) && !closing) {
        reports.disconnected(ended.instanceArn());
      }
    }
  }
}
