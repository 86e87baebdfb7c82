package dev.longshore.server.function;

import dev.longshore.core.model.Secret;
import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Place;
import dev.longshore.core.secret.RotationCall;
import dev.longshore.core.service.FunctionCall;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import dev.longshore.server.api.Permissions;
import dev.longshore.server.engine.Engine;
import dev.longshore.server.engine.Watcher;
import dev.longshore.server.identity.RoleSessions;
import dev.longshore.wire.signature.Credentials;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the functions that deployments wait for, and those that rotate secrets. What is to be asked
 * stands in rows, so a crash loses nothing and no queue grows here: whoever leads looks for calls
 * that are due, makes them, and tells the answers, of which each counts once. A function may be
 * asked twice.
 */
public final class Functions implements Watcher, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Functions.class);

  /** Functions that are asked at once; others wait. */
  private static final int AT_ONCE = 64;

  /** How often a function is tried that cannot be reached. */
  private static final int ATTEMPTS = 5;

  private static final Duration LONGEST_REST = Duration.ofMinutes(10);
  private static final Duration KEEPING = Duration.ofSeconds(30);

  private final Engine engine;
  private final Caller root;
  private final HookRoles roles;
  private final Credentials own;
  private final InstantSource clock;
  private final Duration pause;
  private final @Nullable URI address;
  private final Map<String, Attempts> attempts = new ConcurrentHashMap<>();
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final Semaphore news = new Semaphore(0);
  private volatile boolean closed;
  private volatile @Nullable FunctionEndpoint endpoint;

  /**
   * How a call goes on.
   *
   * @param failed how many attempts failed
   * @param running whether another one is under way
   */
  private record Attempts(int failed, boolean running, Instant notBefore) {
    static final Attempts NONE = new Attempts(0, false, Instant.MIN);
  }

  /**
   * @param own the account's keys, for calls that no role makes
   * @param address of who runs functions, without a path; null where there is nobody
   * @param pause after the first attempt that failed; each further pause is twice as long
   */
  public Functions(
      Engine engine,
      RoleSessions sessions,
      Permissions permissions,
      Place place,
      Credentials own,
      InstantSource clock,
      @Nullable URI address,
      Duration pause) {
    this.engine = engine;
    this.root = Caller.root(place.accountId());
    this.roles = new HookRoles(sessions, permissions, place);
    this.own = own;
    this.clock = clock;
    this.address = address;
    this.pause = pause;
  }

  /** Asks from now on, on a thread of its own. */
  public void start() {
    Thread.ofVirtual().name("functions").start(this::run);
  }

  @Override
  public void leading(State state) {
    news.release();
  }

  @Override
  public void committed(State state, List<Change<?>> changes) {
    for (Change<?> change : changes) {
      if (isNews(change)) {
        news.release();
        return;
      }
    }
  }

  private static boolean isNews(Change<?> change) {
    ServiceDeployment deployment = change.after(ServiceDeployment.KIND);
    Secret secret = change.after(Secret.KIND);
    return (deployment != null && deployment.stages() != null)
        || (secret != null && secret.rotation() != null);
  }

  private void run() {
    try {
      while (!closed) {
        Instant next = startDue(clock.instant());
        long wait = Math.max(1, Duration.between(clock.instant(), next).toMillis());
        if (news.tryAcquire(wait, TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("Functions are asked no more.", e);
    }
  }

  /** Starts what is due; answers when to look again, were there no news. */
  private Instant startDue(Instant now) throws InterruptedException {
    Instant next = now.plus(LONGEST_REST);
    if (!engine.leading()) {
      return next;
    }
    Map<String, Errand> errands = errands(engine.state());
    attempts
        .entrySet()
        .removeIf(each -> !each.getValue().running() && !errands.containsKey(each.getKey()));
    for (Map.Entry<String, Errand> each : errands.entrySet()) {
      Attempts before = attempts.getOrDefault(each.getKey(), Attempts.NONE);
      Instant due = later(each.getValue().callAt(), before.notBefore());
      if (closed || before.running()) {
        continue;
      }
      if (due.isAfter(now)) {
        next = due.isBefore(next) ? due : next;
        continue;
      }
      free.acquire();
      attempts.put(each.getKey(), new Attempts(before.failed(), true, Instant.MIN));
      FunctionEndpoint asked = endpoint();
      Thread.ofVirtual()
          .name("function")
          .start(() -> attempt(each.getKey(), each.getValue(), asked, before.failed()));
    }
    return next;
  }

  /** By their keys. */
  private Map<String, Errand> errands(State state) {
    List<Errand> all = new ArrayList<>();
    FunctionCall.all(state).forEach(call -> all.add(new HookErrand(call, roles, root)));
    RotationCall.all(state).forEach(call -> all.add(new RotationErrand(call, own, root)));
    Map<String, Errand> errands = new LinkedHashMap<>();
    all.forEach(errand -> errands.put(errand.key(), errand));
    return errands;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Made with the first call, since most control planes never make one. */
  private @Nullable FunctionEndpoint endpoint() {
    if (endpoint == null && address != null) {
      endpoint = new FunctionEndpoint(address);
    }
    return endpoint;
  }

  private void attempt(String key, Errand errand, @Nullable FunctionEndpoint asked, int failed) {
    Attempts after = new Attempts(failed, false, clock.instant().plus(pause));
    try {
      keep(errand, errand.answered(engine, ask(errand, asked)));
    } catch (FunctionFailedException e) {
      LOG.warn("{} did not answer {}: {}", errand.functionArn(), errand.by(), e.toString());
      keep(errand, errand.failed(engine, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      LOG.warn("{} was not asked by {}: {}", errand.functionArn(), errand.by(), e.toString());
      if (failed + 1 < ATTEMPTS) {
        Duration wait = pause.multipliedBy(1L << failed);
        after = new Attempts(failed + 1, false, clock.instant().plus(wait));
      } else {
        keep(errand, errand.failed(engine, String.valueOf(e.getMessage())));
      }
    } catch (InterruptedException e) {
      LOG.debug("A function was not waited for any longer.", e);
    } finally {
      attempts.put(key, after);
      free.release();
      news.release();
    }
  }

  private String ask(Errand errand, @Nullable FunctionEndpoint asked)
      throws FunctionFailedException, IOException, InterruptedException {
    if (asked == null) {
      throw new FunctionFailedException("Nobody runs functions: --functions-endpoint is not set.");
    }
    Instant now = clock.instant();
    return asked.invoke(errand, errand.keys(engine.state(), now), now);
  }

  /** Where an answer cannot be kept, the call stays due, and whoever leads makes it once more. */
  private static void keep(Errand errand, CompletableFuture<Boolean> told) {
    try {
      boolean counts = told.get(KEEPING.toSeconds(), TimeUnit.SECONDS);
      LOG.debug("The answer of {} to {} counts: {}", errand.functionArn(), errand.by(), counts);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The answer of a function to {} was not kept.", errand.by(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    news.release();
    FunctionEndpoint asked = endpoint;
    if (asked != null) {
      asked.close();
    }
  }
}
