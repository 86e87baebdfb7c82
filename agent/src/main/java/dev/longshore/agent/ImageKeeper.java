package dev.longshore.agent;

import dev.longshore.agent.docker.ContainerEngine;
import dev.longshore.agent.docker.DockerException;
import dev.longshore.agent.docker.Image;
import dev.longshore.agent.docker.ImageReference;
import dev.longshore.agent.docker.PullLimits;
import dev.longshore.agent.docker.RegistryCredentials;
import dev.longshore.agent.link.ApiException;
import dev.longshore.agent.link.Nudge;
import dev.longshore.agent.link.RegistryLogin;
import dev.longshore.agent.task.ContainerSpec.RegistryAuthentication;
import dev.longshore.agent.task.Effect;
import dev.longshore.agent.task.Event;
import dev.longshore.agent.task.Reasons;
import dev.longshore.agent.task.RoleCredentials;
import dev.longshore.agent.task.Work;
import dev.longshore.wire.signature.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Resolves and fetches images as {@code ECS_IMAGE_PULL_BEHAVIOR} says. */
final class ImageKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(ImageKeeper.class);
  private static final int MANIFEST_TRIES = 5;
  private static final int PULL_TRIES = 5;
  private static final Duration FIRST_WAIT = Duration.ofMillis(1100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final ContainerEngine engine;
  private final AgentConfig config;
  private final PullBehavior behavior;
  private final InstantSource clock;
  private final RegistryLogin login;
  private final CredentialStore credentials;
  private final TaskSecrets secrets;
  private final Nudge pause = new Nudge();
  private final Set<String> pulled = ConcurrentHashMap.newKeySet();

  ImageKeeper(
      ContainerEngine engine,
      AgentConfig config,
      InstantSource clock,
      RegistryLogin login,
      CredentialStore credentials,
      TaskSecrets secrets) {
    this.secrets = secrets;
    this.login = login;
    this.credentials = credentials;
    this.engine = engine;
    this.config = config;
    this.clock = clock;
    behavior = PullBehavior.parse(config.pullBehavior());
  }

  /** Finds the digest the image's name stands for. */
  Event resolve(Effect.ResolveManifest effect) throws InterruptedException {
    String name = effect.image().name();
    ImageReference reference = ImageReference.parse(name);
    if (!reference.digest().isEmpty()) {
      return resolved(effect, reference.digest());
    }
    Optional<Image> local = local(name);
    if (local.isPresent() && !asksRegistry(name)) {
      return resolved(effect, reference.digestAmong(local.get().digests()));
    }
    try {
      RegistryCredentials credentials = credentials(reference, effect, effect.image());
      return resolved(
          effect,
          trying(MANIFEST_TRIES, () -> engine.images().registryDigest(reference, credentials)));
    } catch (ApiException e) {
      return new Event.StepFailed(effect.taskArn(), effect.container(), Work.MANIFEST, refused(e));
    } catch (DockerException e) {
      if (behavior == PullBehavior.DEFAULT && local.isPresent()) {
        LOG.warn("{} not found at its registry, using the local one: {}", name, e.getMessage());
        return resolved(effect, reference.digestAmong(local.get().digests()));
      }
      return new Event.StepFailed(
          effect.taskArn(),
          effect.container(),
          Work.MANIFEST,
          Reasons.cannotResolveManifest(message(e)));
    }
  }

  private static Event resolved(Effect.ResolveManifest effect, @Nullable String digest) {
    return new Event.ManifestResolved(effect.taskArn(), effect.container(), digest);
  }

  /** Sees to it that the image is here. */
  Event pull(Effect.PullImage effect) throws InterruptedException {
    String name = effect.image().name();
    boolean local = local(name).isPresent();
    if (local && !asksRegistry(name)) {
      return new Event.ImagePulled(effect.taskArn(), effect.container(), null, null);
    }
    ImageReference reference = ImageReference.parse(name);
    Instant started = clock.instant();
    try {
      RegistryCredentials credentials = credentials(reference, effect, effect.image());
      PullLimits limits = new PullLimits(config.pullTimeout(), config.pullInactivityTimeout());
      var _ =
          trying(
              local ? 1 : PULL_TRIES,
              () -> {
                engine.images().pull(reference, credentials, limits, progress -> {});
                return name;
              });
      pulled.add(name);
      return new Event.ImagePulled(effect.taskArn(), effect.container(), started, clock.instant());
    } catch (ApiException e) {
      return new Event.StepFailed(effect.taskArn(), effect.container(), Work.PULL, refused(e));
    } catch (DockerException e) {
      if (behavior == PullBehavior.DEFAULT && local) {
        LOG.warn("{} cannot be pulled, using the local one: {}", name, e.getMessage());
        return new Event.ImagePulled(
            effect.taskArn(), effect.container(), started, clock.instant());
      }
      String reason =
          e.kind() == DockerException.Kind.TIMED_OUT
              ? Reasons.timedOut("pulled", GoText.text(config.pullTimeout()))
              : Reasons.cannotPull(message(e));
      return new Event.StepFailed(effect.taskArn(), effect.container(), Work.PULL, reason);
    }
  }

  private static String refused(ApiException e) {
    return Reasons.cannotPullFromEcr(String.valueOf(e.getMessage()));
  }

  private boolean asksRegistry(String name) {
    return switch (behavior) {
      case DEFAULT, ALWAYS -> true;
      case ONCE -> !pulled.contains(name);
      case PREFER_CACHED -> false;
    };
  }

  private Optional<Image> local(String name) {
    try {
      return Optional.of(engine.images().inspect(name));
    } catch (DockerException e) {
      if (!e.notFound()) {
        LOG.warn("{} cannot be inspected: {}", name, e.getMessage());
      }
      return Optional.empty();
    }
  }

  private @Nullable RegistryCredentials credentials(
      ImageReference reference, Effect.OnContainer of, Effect.ImageRequest image)
      throws ApiException, InterruptedException {
    String repository = reference.repository();
    int slash = repository.indexOf('/');
    String host = slash < 0 ? "" : repository.substring(0, slash);
    boolean isHost = host.contains(".") || host.contains(":") || host.equals("localhost");
    RegistryCredentials secret =
        secrets
            .find(of.taskArn(), of.container())
            .flatMap(TaskSecrets.OfContainer::registry)
            .orElse(null);
    if (secret != null) {
      return new RegistryCredentials(
          secret.user(), secret.password(), isHost ? host : "index.docker.io");
    }
    RegistryCredentials configured = config.registries().get(isHost ? host : "index.docker.io");
    if (configured != null || !isHost) {
      return configured;
    }
    return login.credentials(host, executionRole(image)).orElse(null);
  }

  /** The keys to ask the registry's password with; null for the instance's own. */
  private @Nullable Credentials executionRole(Effect.ImageRequest image) throws ApiException {
    RegistryAuthentication authentication = image.authentication();
    if (authentication == null || !authentication.data().containsKey("useExecutionRole")) {
      return null;
    }
    String id = image.executionCredentialsId();
    RoleCredentials role =
        credentials.find(id == null ? "" : id).map(CredentialStore.Entry::credentials).orElse(null);
    if (role == null) {
      throw new ApiException(400, "engine ecr credentials", "not found");
    }
    return new Credentials(
        role.accessKeyId(), role.secretAccessKey(), role.sessionToken(), Instant.MAX);
  }

  /** Tries again where another try may help: not when the registry has said no. */
  private <T> T trying(int most, Supplier<T> call) throws InterruptedException {
    Duration wait = FIRST_WAIT;
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (DockerException e) {
        boolean refused = e.status() >= 400 && e.status() < 500;
        if (attempt == most
            || refused
            || e.kind() == DockerException.Kind.TIMED_OUT
            || e.kind() == DockerException.Kind.INTERRUPTED) {
          throw e;
        }
        LOG.debug("registry did not answer, trying again: {}", e.getMessage());
      }
      var _ = pause.await(wait);
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
    }
  }

  static String message(DockerException e) {
    return String.valueOf(e.getMessage());
  }
}
