package dev.longshore.agent;

import static java.util.Objects.requireNonNull;

import dev.longshore.agent.docker.DockerException;
import dev.longshore.agent.docker.EngineInfo;
import dev.longshore.agent.link.ControlPlane;
import dev.longshore.agent.link.Keys;
import dev.longshore.agent.link.LinkConfig;
import dev.longshore.agent.link.Nudge;
import dev.longshore.agent.link.Registration;
import dev.longshore.agent.link.RegistryLogin;
import dev.longshore.agent.link.SecretCalls;
import dev.longshore.agent.link.StateReporter;
import dev.longshore.agent.link.TaskCalls;
import dev.longshore.agent.metadata.InstanceFacts;
import dev.longshore.agent.metadata.TaskEndpoints;
import dev.longshore.agent.task.Event;
import dev.longshore.agent.task.Settings;
import dev.longshore.agent.task.TaskEngine;
import dev.longshore.agent.task.TaskRow;
import dev.longshore.wire.signature.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container instance: registers with its cluster, runs the tasks it is given on the container
 * engine, and reports. Several may live in one process, each with its own directory. An agent that
 * is started again on its directory takes up its containers where they are.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  /** The level of the protocol spoken here, as the control plane knows versions of Amazon's. */
  public static final String VERSION = "1.101.2";

  private static final String HASH = "longshore";
  private static final Duration ENGINE_WAIT = Duration.ofSeconds(2);
  private static final Duration REGISTRATION_WAIT = Duration.ofSeconds(1);
  private static final Duration QUICK_STOP = Duration.ofSeconds(2);
  private static final Duration LONGEST_EVACUATION = Duration.ofSeconds(30);
  private static final Duration LAST_REPORTS = Duration.ofSeconds(3);

  private final AgentConfig config;
  private final AgentHost host;
  private final @Nullable KeySource source;
  private final ExecutorService threads;
  private final CredentialStore credentials = new CredentialStore();
  private final CompletableFuture<String> registered = new CompletableFuture<>();
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final Nudge pause = new Nudge();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable Parts parts;
  private volatile @Nullable InstanceFacts facts;

  /** What exists once the container engine has answered and the journal is read. */
  private record Parts(
      Journal journal,
      TaskLoop loop,
      Thread loopThread,
      EngineWatcher watcher,
      AgentSessions sessions,
      AgentTelemetry telemetry,
      ControlPlane controlPlane,
      TaskEndpoints.Registration atEndpoint) {}

  private Agent(AgentConfig config, AgentHost host, @Nullable KeySource source) {
    this.config = config;
    this.host = host;
    this.source = source;
    threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name(config.name() + "-", 0).factory());
  }

  /** Starts an agent and returns at once; the futures tell how far it has come. */
  public static Agent start(AgentConfig config, AgentHost host) {
    return start(new Agent(config, host, null));
  }

  /** The same, acting with keys of that source instead of those of its configuration. */
  public static Agent start(AgentConfig config, AgentHost host, KeySource source) {
    return start(new Agent(config, host, source));
  }

  private static Agent start(Agent agent) {
    agent.threads.execute(agent::begin);
    return agent;
  }

  /** Completes with the container instance's ARN. */
  public CompletableFuture<String> registered() {
    return registered;
  }

  /** Completes when the control plane can send work. */
  public CompletableFuture<Void> connected() {
    return connected;
  }

  /**
   * Completes when the agent cannot go on, with the exit code Amazon's agent would end with: 5 when
   * another start would change nothing, else 1; and with 0 when it has been stopped.
   */
  public CompletableFuture<Integer> ended() {
    return ended;
  }

  /** The tasks as they are now; empty before the agent has read its journal. */
  public Collection<TaskRow> tasks() {
    Parts made = parts;
    return made == null ? List.of() : made.loop().tasks();
  }

  private void begin() {
    try {
      if (source == null && config.credentials() == null) {
        fail(Registration.EXIT_RECOVERABLE, "no credentials: AWS_ACCESS_KEY_ID is not set", null);
        return;
      }
      EngineInfo engine = awaitEngine();
      Files.createDirectories(config.dataDir());
      Identity identity = Identity.read(config.dataDir(), label());
      if (!identity.cluster().isEmpty() && !identity.cluster().equals(cluster())) {
        fail(
            Registration.EXIT_TERMINAL,
            "Data mismatch; saved cluster '"
                + identity.cluster()
                + "' does not match configured cluster '"
                + cluster()
                + "'",
            null);
        return;
      }
      InstanceKeys keys = new InstanceKeys(source(), host.clock());
      LinkConfig link = link(keys);
      // Written before any container bears the label.
      identity.write(config.dataDir());
      Parts made = assemble(Journal.open(config.dataDir()), identity, engine, link);
      if (!take(made)) {
        return;
      }
      // Tasks go on while keys are waited for, as while the control plane is.
      keys.fetch();
      renew(keys);
      register(made, identity, engine, link);
    } catch (InterruptedException e) {
      LOG.debug("{} is stopped before it has begun", config.name());
    } catch (Registration.RefusedException e) {
      fail(e.exitCode(), String.valueOf(e.getMessage()), e);
    } catch (KeysRefusedException e) {
      fail(Registration.EXIT_RECOVERABLE, String.valueOf(e.getMessage()), e);
    } catch (IOException | DockerException | IllegalArgumentException e) {
      fail(Registration.EXIT_RECOVERABLE, String.valueOf(e.getMessage()), e);
    }
  }

  private KeySource source() throws DockerException {
    Credentials given = config.credentials();
    if (source != null || given == null) {
      return requireNonNull(source);
    }
    return GivenKeys.of(given, config, link(() -> given), host);
  }

  private LinkConfig link(Keys keys) throws DockerException {
    return new LinkConfig(
        config.endpoint(),
        config.region(),
        keys,
        config.cluster(),
        VERSION,
        HASH,
        host.engine().version().version());
  }

  private void renew(InstanceKeys keys) {
    threads.execute(() -> {
      try {
        keys.renew();
      } catch (InterruptedException e) {
        LOG.debug("{} stops renewing its keys", config.name());
      }
    });
  }

  private void fail(int exitCode, String message, @Nullable Throwable cause) {
    LOG.error("{} cannot go on: {}", config.name(), message);
    IllegalStateException failure = new IllegalStateException(message, cause);
    registered.completeExceptionally(failure);
    connected.completeExceptionally(failure);
    ended.complete(exitCode);
  }

  private String cluster() {
    return config.cluster().isEmpty() ? "default" : config.cluster();
  }

  /** Keeps the parts for the end, unless the end has come already. */
  private boolean take(Parts made) {
    parts = made;
    if (closing.get()) {
      end(made);
      return false;
    }
    return true;
  }

  /** Tells this agent's containers from those of others that use the same engine. */
  private String label() {
    String machine;
    try {
      machine = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      LOG.debug("this machine has no name", e);
      machine = "localhost";
    }
    return machine + ":" + config.dataDir();
  }

  private EngineInfo awaitEngine() throws InterruptedException {
    while (true) {
      try {
        return host.engine().info();
      } catch (DockerException e) {
        if (e.kind() == DockerException.Kind.INTERRUPTED) {
          throw new InterruptedException();
        }
        LOG.warn("{} waits for the container engine: {}", config.name(), e.getMessage());
      }
      var _ = pause.await(ENGINE_WAIT);
    }
  }

  private Parts assemble(Journal journal, Identity identity, EngineInfo engine, LinkConfig link)
      throws IOException, InterruptedException {
    ControlPlane controlPlane = new ControlPlane(host.transport(), link, host.clock());
    StateReporter reporter = new StateReporter(controlPlane, link, new SecureRandom());
    RuntimeHealth health = new RuntimeHealth(host.engine(), host.clock());
    AgentSessions sessions = new AgentSessions(host, link, controlPlane, reporter, health, threads);
    TaskSecrets secrets = new TaskSecrets();
    ContainerHands hands = new ContainerHands(host.engine(), config, secrets);
    Late<TaskLoop> late = new Late<>();
    AgentTelemetry telemetry =
        new AgentTelemetry(
            host.engine(), health, config.metricsDisabled(), () -> late.get().tasks());
    EffectRunner runner =
        new EffectRunner(
            threads,
            hands,
            new ImageKeeper(
                host.engine(),
                config,
                host.clock(),
                new RegistryLogin(host.transport(), link, host.clock()),
                credentials,
                secrets),
            new SecretKeeper(
                new SecretCalls(
                    host.transport(), link, host.clock(), config.endpoints(), new SecureRandom()),
                credentials,
                secrets),
            reporter,
            credentials,
            sessions,
            event -> late.get().submit(event));
    TaskLoop loop =
        new TaskLoop(
            new TaskEngine(
                settings(identity, engine),
                new SecureEntropy(),
                journal.instance(),
                journal.tasks()),
            journal,
            host.clock(),
            runner::run,
            telemetry::follow);
    late.set(loop);
    EngineWatcher watcher =
        new EngineWatcher(
            host.engine(),
            hands,
            loop,
            Identity.LABEL + "=" + identity.label(),
            threads,
            host.clock());
    try {
      loop.submit(new Event.Resumed(watcher.find(journal.tasks())));
    } catch (DockerException | InterruptedException e) {
      journal.close();
      throw e;
    }
    Thread thread = Thread.ofPlatform().name(config.name() + "-tasks").daemon().start(loop::run);
    watch(watcher);
    facts = facts(null, config.availabilityZone());
    TaskEndpoints.Registration atEndpoint =
        host.endpoints()
            .register(
                new AgentSource(
                    this::instanceFacts,
                    loop::tasks,
                    telemetry,
                    credentials,
                    new TaskCalls(controlPlane, link)));
    return new Parts(journal, loop, thread, watcher, sessions, telemetry, controlPlane, atEndpoint);
  }

  private InstanceFacts instanceFacts() {
    InstanceFacts known = facts;
    return known == null ? facts(null, config.availabilityZone()) : known;
  }

  private InstanceFacts facts(@Nullable String arn, String zone) {
    return new InstanceFacts(
        cluster(),
        arn,
        zone.isEmpty() ? null : zone,
        null,
        config.external() ? "EXTERNAL" : "EC2",
        VERSION);
  }

  private Settings settings(Identity identity, EngineInfo engine) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(Identity.LABEL, identity.label());
    return new Settings(
        cluster(),
        cpu(engine),
        memory(engine),
        config.reservedPorts(),
        config.reservedUdpPorts(),
        config.bindAddress(),
        config.firstDynamicPort(),
        config.lastDynamicPort(),
        config.stopTimeout(),
        config.cleanupWait(),
        config.taskEndpoint(),
        labels);
  }

  private int cpu(EngineInfo engine) {
    return config.cpu() > 0 ? config.cpu() : engine.processors() * 1024;
  }

  private int memory(EngineInfo engine) {
    int whole = config.memory() > 0 ? config.memory() : (int) (engine.memory() >> 20);
    return whole - config.reservedMemory();
  }

  private void watch(EngineWatcher watcher) {
    threads.execute(() -> {
      try {
        watcher.follow();
      } catch (InterruptedException e) {
        LOG.debug("{} stops following the container engine", config.name());
      }
    });
    threads.execute(() -> {
      try {
        watcher.compare();
      } catch (InterruptedException e) {
        LOG.debug("{} stops comparing its containers", config.name());
      }
    });
  }

  private void register(Parts made, Identity identity, EngineInfo engine, LinkConfig link)
      throws Registration.RefusedException, InterruptedException, IOException {
    Registration registration =
        new Registration(made.controlPlane(), link, REGISTRATION_WAIT, new SecureRandom());
    String known = identity.containerInstanceArn();
    Registration.Registered answer =
        registration.register(
            new Registration.Capacity(
                Capabilities.of(config, engine.architecture()),
                config.attributes(),
                config.tags(),
                cpu(engine),
                memory(engine),
                config.reservedPorts(),
                config.reservedUdpPorts()),
            known.isEmpty() ? null : known);
    new Identity(cluster(), answer.containerInstanceArn(), identity.label())
        .write(config.dataDir());
    facts = facts(answer.containerInstanceArn(), answer.availabilityZone());
    LOG.info("{} is {}", config.name(), answer.containerInstanceArn());
    registered.complete(answer.containerInstanceArn());
    made.sessions().begin(answer.containerInstanceArn(), made.telemetry(), made.loop()::submit);
    var _ = made.sessions().connected().thenRun(() -> connected.complete(null));
  }

  /**
   * Ends the agent and waits until it has ended.
   *
   * @param keepContainers leave them running for an agent that is started on the same directory
   *     later; else they are stopped within two seconds and removed
   */
  public void stop(boolean keepContainers) throws InterruptedException {
    Parts made = parts;
    try {
      if (made != null && !keepContainers) {
        evacuate(made);
      }
    } finally {
      close();
    }
  }

  private void evacuate(Parts made) throws InterruptedException {
    try {
      made.loop().evacuate(QUICK_STOP).get(LONGEST_EVACUATION.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("{} removes its containers by force: {}", config.name(), e.toString());
    }
    long end = System.nanoTime() + LAST_REPORTS.toNanos();
    while (made.sessions().isOnline() && !made.loop().isTold() && System.nanoTime() < end) {
      // A report that is taken nudges nobody here, and a tenth of a second is soon over.
      var _ = pause.await(Duration.ofMillis(100));
    }
    try {
      made.watcher().removeAll();
    } catch (DockerException e) {
      LOG.warn("{} cannot see what is left: {}", config.name(), e.getMessage());
    }
  }

  /** Ends the agent at once and leaves its containers as they are. */
  @Override
  public void close() {
    if (closing.getAndSet(true)) {
      return;
    }
    threads.shutdownNow();
    Parts made = parts;
    if (made != null) {
      end(made);
    }
    ended.complete(0);
  }

  private void end(Parts made) {
    if (closed.getAndSet(true)) {
      return;
    }
    made.sessions().end();
    made.atEndpoint().close();
    made.telemetry().close();
    made.loop().stop();
    try {
      made.loopThread().join();
      made.journal().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("the journal cannot be closed", e);
    }
    made.controlPlane().close();
  }
}
