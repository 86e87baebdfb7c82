package dev.longshore.simulation;

import dev.longshore.core.model.Tables;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Ids;
import dev.longshore.core.operation.Place;
import dev.longshore.core.service.ServiceSettings;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import dev.longshore.server.Works;
import dev.longshore.server.api.Api;
import dev.longshore.server.api.Audit;
import dev.longshore.server.api.Authentication;
import dev.longshore.server.engine.Engine;
import dev.longshore.server.engine.Watcher;
import dev.longshore.server.fleet.FleetSettings;
import dev.longshore.server.http.Peer;
import dev.longshore.server.http.Request;
import dev.longshore.server.http.Response;
import dev.longshore.server.http.WebSocketRoute;
import dev.longshore.server.identity.RoleSessions;
import dev.longshore.server.log.MemoryLog;
import dev.longshore.server.vault.Keyring;
import dev.longshore.server.vault.SealingVault;
import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The control plane's process: the works of the product, turned here instead of by threads, on a
 * log whose appends take their time to become durable. A crash keeps what was durable and, of what
 * was on its way, as much as chance will have.
 */
final class Server {
  private static final Place PLACE = new Place("aws", "us-east-1", "123456789012");
  private static final Peer NOWHERE =
      new Peer(InetSocketAddress.createUnresolved("agent", 1), false);
  private static final int BODY_LIMIT = 1 << 20;
  private static final long TICK_MILLIS = 1_000;
  private static final Keyring KEYS = Keyring.parse(List.of("00000001 " + "ab".repeat(32)));

  private final Harbour harbour;
  private final Chance chance;
  private final Witness witness;
  private MemoryLog log = new MemoryLog();
  private @Nullable Life process;
  private State last = Tables.empty();
  private boolean exact = true;

  /** Who is shown what becomes of the State. */
  interface Witness {
    void committed(State before, List<Change<?>> changes, State after);

    /**
     * @param exact whether nothing but what was committed can have survived
     */
    void restored(State before, State after, boolean exact);
  }

  /** One life of the process. */
  private final class Life implements Watcher {
    final Works works;
    final Api api;
    State seen;
    boolean turnDue;
    boolean commitDue;
    @Nullable Instant wakeAt;

    Life() {
      works =
          new Works(
              PLACE,
              Ids.seeded(chance.bits()),
              harbour.agenda(),
              log,
              Authentication.off(Caller.root(PLACE.accountId())),
              Audit.NONE,
              new RoleSessions(new byte[32], PLACE),
              new SealingVault(KEYS, new Random(chance.bits())),
              ServiceSettings.USUAL,
              FleetSettings.USUAL,
              () -> "http://control-plane",
              cause -> {
                throw new IllegalStateException("The control plane cannot go on.", cause);
              });
      api = works.api(BODY_LIMIT);
      works.engine().watch(this);
      seen = works.engine().state();
    }

    @Override
    public void leading(State state) {
      seen = state;
    }

    @Override
    public void committed(State state, List<Change<?>> changes) {
      State before = seen;
      seen = state;
      witness.committed(before, changes, state);
    }
  }

  Server(Harbour harbour, Chance chance, Witness witness) {
    this.harbour = harbour;
    this.chance = chance;
    this.witness = witness;
  }

  boolean isUp() {
    return process != null;
  }

  /** The committed State, or what was committed when the process died. */
  State state() {
    Life alive = process;
    return alive == null ? last : alive.works.engine().state();
  }

  void start() {
    if (process != null) {
      return;
    }
    Life started = new Life();
    try {
      started.works.engine().open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    log.hold();
    process = started;
    harbour.chronicle().tell(() -> "the control plane starts");
    witness.restored(last, started.works.engine().state(), exact);
    tick(started);
  }

  private void tick(Life ticking) {
    if (ticking == process) {
      pump();
      harbour.agenda().after(TICK_MILLIS, () -> tick(ticking));
    }
  }

  /** Dies at once; some of what was being written may have reached the disk. */
  void crash() {
    Life dead = process;
    if (dead == null) {
      return;
    }
    int survivors = chance.in(0.5) ? 0 : chance.below(log.inFlight() + 1);
    harbour
        .chronicle()
        .tell(() ->
            "the control plane dies with "
                + log.inFlight()
                + " entries in flight; "
                + survivors
                + " survive");
    last = dead.works.engine().state();
    exact = survivors == 0;
    log = log.crash(survivors);
    process = null;
  }

  /** Takes a snapshot, so that the next start does not replay everything. */
  void snapshot() {
    if (process != null) {
      harbour.chronicle().tell(() -> "a snapshot is taken");
      log.snapshot().join();
    }
  }

  /** Makes everything durable and starts again from it: replay must yield the very same State. */
  void restart() {
    log.commit(log.inFlight());
    crash();
    start();
  }

  /** A call of the API, in bytes as a socket would bring them. */
  void call(String operation, Json.Fields body, Consumer<Response> then) {
    Life alive = process;
    if (alive == null) {
      return;
    }
    Map<String, String> headers = new TreeMap<>();
    headers.put("host", "control-plane");
    headers.put("content-type", "application/x-amz-json-1.1");
    headers.put("x-amz-target", "AmazonEC2ContainerServiceV20141113." + operation);
    byte[] bytes = body.write().getBytes(StandardCharsets.UTF_8);
    alive
        .api
        .answer(new Request("POST", "/", new PlainHeaders(headers), bytes, NOWHERE, Runnable::run))
        .whenComplete((response, failure) -> {
          if (failure != null) {
            throw new CompletionException(failure);
          }
          then.accept(response);
        })
        .exceptionally(failure -> {
          throw new IllegalStateException("An answer failed.", failure);
        });
    pump();
  }

  /** An agent asks for ACS; null where there is nobody to ask. */
  WebSocketRoute.@Nullable Answer upgrade(String query) {
    Life alive = process;
    return alive == null
        ? null
        : alive
            .works
            .fleet()
            .acs()
            .accept(
                new Request(
                    "GET",
                    "/acs/ws?" + query,
                    new PlainHeaders(new TreeMap<>()),
                    new byte[0],
                    NOWHERE,
                    Runnable::run));
  }

  /** Sees to it that the parts are turned when they are due. */
  void pump() {
    Life alive = process;
    if (alive == null) {
      return;
    }
    Instant now = harbour.agenda().instant();
    while (alive.works.fleet().due(now)) {
      alive.works.fleet().turn(now);
    }
    if (!alive.turnDue && alive.works.engine().due(now)) {
      alive.turnDue = true;
      harbour.agenda().after(harbour.weather().delay(chance, 0, 3), () -> turn(alive));
    }
  }

  private void turn(Life turning) {
    if (turning != process) {
      return;
    }
    turning.turnDue = false;
    Engine engine = turning.works.engine();
    engine.turn(harbour.agenda().instant());
    Instant wakeAt = engine.wakeAt();
    if (wakeAt != null && !wakeAt.equals(turning.wakeAt)) {
      turning.wakeAt = wakeAt;
      harbour.agenda().at(wakeAt, this::pump);
    }
    if (log.inFlight() > 0 && !turning.commitDue) {
      turning.commitDue = true;
      harbour.agenda().after(harbour.weather().delay(chance, 1, 10), () -> commit(turning));
    }
    pump();
  }

  private void commit(Life committing) {
    if (committing != process) {
      return;
    }
    log.commit(chance.between(1, Math.max(1, log.inFlight())));
    committing.commitDue = log.inFlight() > 0;
    if (committing.commitDue) {
      harbour.agenda().after(harbour.weather().delay(chance, 1, 10), () -> commit(committing));
    }
    pump();
  }
}
