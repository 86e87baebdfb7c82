package dev.longshore.agent;

import dev.longshore.agent.docker.RegistryCredentials;
import dev.longshore.agent.link.ApiException;
import dev.longshore.agent.link.SecretCalls;
import dev.longshore.agent.link.UnreachableException;
import dev.longshore.agent.task.ContainerSpec;
import dev.longshore.agent.task.ContainerSpec.Secret;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import dev.longshore.wire.signature.Credentials;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The fetching of what one task needs: each thing once, and several at a time. */
final class SecretFetch {
  /** Calls under way at once for one task. */
  private static final int AT_ONCE = 8;

  /** Parameters that one call may ask for. */
  private static final int BATCH = 10;

  private final SecretCalls calls;
  private final Credentials role;
  private final Map<String, String> parameters = new ConcurrentHashMap<>();
  private final Map<SecretName, String> texts = new ConcurrentHashMap<>();
  private final Map<String, Map<String, String>> files = new ConcurrentHashMap<>();

  SecretFetch(SecretCalls calls, Credentials role) {
    this.calls = calls;
    this.role = role;
  }

  /** One thing that is fetched by a call of its own. */
  private interface Step {
    void run()
        throws UnavailableException, ApiException, UnreachableException, InterruptedException;
  }

  /**
   * What each container gets that needs anything.
   *
   * @throws UnavailableException the first thing, in the order of the containers, that is not to be
   *     had
   */
  Map<String, TaskSecrets.OfContainer> of(List<ContainerSpec> containers)
      throws UnavailableException, InterruptedException {
    run(steps(containers));
    Map<String, TaskSecrets.OfContainer> fetched = new LinkedHashMap<>();
    for (ContainerSpec container : containers) {
      if (container.needsSecrets()) {
        fetched.put(container.name(), of(container));
      }
    }
    return fetched;
  }

  private static void run(List<Step> steps) throws UnavailableException, InterruptedException {
    int threads = Math.clamp(steps.size(), 1, AT_ONCE);
    try (ExecutorService pool =
        Executors.newFixedThreadPool(threads, Thread.ofVirtual().name("secret-", 0).factory())) {
      List<Future<?>> running = new ArrayList<>();
      for (Step step : steps) {
        running.add(
            pool.submit(() -> {
              step.run();
              return null;
            }));
      }
      try {
        for (Future<?> each : running) {
          each.get();
        }
      } catch (ExecutionException e) {
        throw unavailable(e);
      } finally {
        pool.shutdownNow();
      }
    }
  }

  private static UnavailableException unavailable(ExecutionException e)
      throws InterruptedException {
    return switch (e.getCause()) {
      case UnavailableException known -> known;
      case InterruptedException ended -> throw ended;
      case null, default -> throw new IllegalStateException("Secrets were not fetched.", e);
    };
  }

  private List<Step> steps(List<ContainerSpec> containers) throws UnavailableException {
    List<Step> steps = new ArrayList<>();
    parameters(containers, steps);
    Set<SecretName> secrets = new LinkedHashSet<>();
    Set<String> paths = new LinkedHashSet<>();
    for (ContainerSpec container : containers) {
      for (Secret secret : container.secrets()) {
        if (isManaged(secret)) {
          secrets.add(SecretName.parse(secret.valueFrom(), secret.region()).whole());
        }
      }
      if (container.registrySecret() != null) {
        secrets.add(registryName(container.registrySecret()).whole());
      }
      paths.addAll(container.environmentFiles());
    }
    secrets.forEach(name -> steps.add(() -> texts.put(name, text(name))));
    paths.forEach(path -> steps.add(() -> files.put(path, file(path))));
    return steps;
  }

  /** All parameters of all containers, in as few calls as may be. */
  private void parameters(List<ContainerSpec> containers, List<Step> steps) {
    Map<String, Set<String>> byRegion = new LinkedHashMap<>();
    for (ContainerSpec container : containers) {
      for (Secret secret : container.secrets()) {
        if (!isManaged(secret)) {
          byRegion
              .computeIfAbsent(secret.region(), region -> new LinkedHashSet<>())
              .add(secret.valueFrom());
        }
      }
    }
    byRegion.forEach((region, all) -> {
      List<String> names = new ArrayList<>(all);
      for (int from = 0; from < names.size(); from += BATCH) {
        List<String> batch = names.subList(from, Math.min(from + BATCH, names.size()));
        steps.add(() -> batch(region, batch));
      }
    });
  }

  private static boolean isManaged(Secret secret) {
    return secret.provider().equals("asm");
  }

  private static SecretName registryName(String secret) throws UnavailableException {
    String[] arn = secret.split(":", 5);
    return SecretName.parse(secret, arn.length == 5 ? arn[3] : "");
  }

  private void batch(String region, List<String> names)
      throws UnavailableException, InterruptedException {
    Json answer;
    try {
      answer = calls.parameters(role, region, names);
    } catch (ApiException e) {
      throw new UnavailableException(SecretReasons.parameters(region, message(e)));
    } catch (UnreachableException e) {
      throw new UnavailableException(SecretReasons.parameters(region, unreachable(e)));
    }
    for (Json found : answer.at("Parameters").elements()) {
      String selector = found.at("Selector").text();
      String value = found.at("Value").text();
      parameters.put(region + ' ' + found.at("Name").text() + selector, value);
      parameters.put(region + ' ' + found.at("ARN").text() + selector, value);
    }
    List<String> missing =
        names.stream().filter(name -> !parameters.containsKey(region + ' ' + name)).toList();
    if (!missing.isEmpty()) {
      throw new UnavailableException(SecretReasons.invalidParameters(region, missing));
    }
  }

  private String text(SecretName name) throws UnavailableException, InterruptedException {
    String arn = name.arn();
    try {
      Json text =
          calls.secret(role, name.region(), arn, name.stage(), name.version()).at("SecretString");
      if (text.isNull()) {
        throw new UnavailableException(SecretReasons.noText(arn));
      }
      return text.text();
    } catch (ApiException e) {
      throw new UnavailableException(SecretReasons.secret(arn, message(e)));
    } catch (UnreachableException e) {
      throw new UnavailableException(SecretReasons.secret(arn, unreachable(e)));
    }
  }

  private Map<String, String> file(String arn) throws UnavailableException, InterruptedException {
    String path = arn.substring(arn.lastIndexOf(':') + 1);
    int slash = path.indexOf('/');
    String bucket = path.substring(0, Math.max(slash, 0));
    String key = path.substring(slash + 1);
    try {
      return EnvironmentFile.read(calls.object(role, bucket, key));
    } catch (ApiException e) {
      throw new UnavailableException(SecretReasons.file(bucket, key, message(e)));
    } catch (UnreachableException e) {
      throw new UnavailableException(SecretReasons.file(bucket, key, unreachable(e)));
    }
  }

  private static String message(ApiException e) {
    return String.valueOf(e.getMessage());
  }

  private static String unreachable(UnreachableException e) {
    return "RequestError: send request failed: " + e.getMessage();
  }

  private TaskSecrets.OfContainer of(ContainerSpec container) throws UnavailableException {
    Map<String, String> variables = new LinkedHashMap<>();
    Map<String, String> options = new LinkedHashMap<>();
    for (Secret secret : container.secrets()) {
      String value =
          isManaged(secret)
              ? managed(SecretName.parse(secret.valueFrom(), secret.region()))
              : Objects.requireNonNullElse(
                  parameters.get(secret.region() + ' ' + secret.valueFrom()), "");
      (secret.logOption() ? options : variables).put(secret.name(), value);
    }
    Map<String, String> fileVariables = new LinkedHashMap<>();
    for (String path : container.environmentFiles()) {
      files.getOrDefault(path, Map.of()).forEach(fileVariables::putIfAbsent);
    }
    return new TaskSecrets.OfContainer(variables, fileVariables, options, registry(container));
  }

  /** A fetched text, or what its JSON has under a key. */
  private String managed(SecretName name) throws UnavailableException {
    String text = Objects.requireNonNullElse(texts.get(name.whole()), "");
    return name.key().isEmpty() ? text : member(text, name.key());
  }

  private static String member(String text, String key) throws UnavailableException {
    try {
      if (Json.parse(text).at(key) instanceof Json.Text(String value)) {
        return value;
      }
    } catch (JsonSyntaxException e) {
      // Its message might show some of the value.
      throw new UnavailableException(SecretReasons.noKey(key));
    }
    throw new UnavailableException(SecretReasons.noKey(key));
  }

  private Optional<RegistryCredentials> registry(ContainerSpec container)
      throws UnavailableException {
    String secret = container.registrySecret();
    if (secret == null) {
      return Optional.empty();
    }
    String text = managed(registryName(secret));
    return Optional.of(
        new RegistryCredentials(
            member(text, "username"), member(text, "password"), container.image()));
  }
}
