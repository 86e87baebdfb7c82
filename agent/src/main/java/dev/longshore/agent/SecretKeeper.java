package dev.longshore.agent;

import dev.longshore.agent.docker.RegistryCredentials;
import dev.longshore.agent.link.ApiException;
import dev.longshore.agent.link.SecretCalls;
import dev.longshore.agent.link.UnreachableException;
import dev.longshore.agent.task.ContainerSpec;
import dev.longshore.agent.task.ContainerSpec.Secret;
import dev.longshore.agent.task.Effect;
import dev.longshore.agent.task.Event;
import dev.longshore.agent.task.RoleCredentials;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import dev.longshore.wire.signature.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fetches what a task's containers need, with the keys of its execution role. */
final class SecretKeeper {
  /** After a restart the control plane sends the keys again; Amazon's agent waits as long. */
  private static final Duration KEYS_WAIT = Duration.ofSeconds(60);

  /** Parameters that one call may ask for. */
  private static final int BATCH = 10;

  private static final int PARTS = 7;
  private static final int PARTS_WITH_SELECTORS = 10;

  private final SecretCalls calls;
  private final CredentialStore credentials;
  private final TaskSecrets secrets;

  SecretKeeper(SecretCalls calls, CredentialStore credentials, TaskSecrets secrets) {
    this.calls = calls;
    this.credentials = credentials;
    this.secrets = secrets;
  }

  /** It cannot be had; the message is the task's reason. */
  private static final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    UnavailableException(String reason) {
      super(reason);
    }
  }

  Event fetch(Effect.FetchSecrets effect) throws InterruptedException {
    try {
      Fetch fetch = new Fetch(keys(effect.credentialsId()));
      fetch.parameters(effect.containers());
      Map<String, TaskSecrets.OfContainer> fetched = new LinkedHashMap<>();
      for (ContainerSpec container : effect.containers()) {
        if (container.needsSecrets()) {
          fetched.put(container.name(), fetch.container(container));
        }
      }
      secrets.put(effect.taskArn(), fetched);
      return new Event.SecretsFetched(effect.taskArn());
    } catch (UnavailableException e) {
      return new Event.SecretsFailed(effect.taskArn(), String.valueOf(e.getMessage()));
    }
  }

  void drop(String taskArn) {
    secrets.drop(taskArn);
  }

  private Credentials keys(@Nullable String credentialsId)
      throws UnavailableException, InterruptedException {
    if (credentialsId == null) {
      throw new UnavailableException(SecretReasons.noRole());
    }
    RoleCredentials role =
        credentials
            .await(credentialsId, KEYS_WAIT)
            .map(CredentialStore.Entry::credentials)
            .orElseThrow(() -> new UnavailableException(SecretReasons.noRole()));
    return new Credentials(
        role.accessKeyId(), role.secretAccessKey(), role.sessionToken(), Instant.MAX);
  }

  /** The fetching of one task: nothing is asked for twice. */
  private final class Fetch {
    private final Credentials role;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> files = new LinkedHashMap<>();

    Fetch(Credentials role) {
      this.role = role;
    }

    TaskSecrets.OfContainer container(ContainerSpec container)
        throws UnavailableException, InterruptedException {
      Map<String, String> variables = new LinkedHashMap<>();
      Map<String, String> options = new LinkedHashMap<>();
      for (Secret secret : container.secrets()) {
        String value =
            secret.provider().equals("asm")
                ? managed(secret.valueFrom(), secret.region())
                : Objects.requireNonNullElse(values.get(parameterKey(secret)), "");
        (secret.logOption() ? options : variables).put(secret.name(), value);
      }
      Map<String, String> fileVariables = new LinkedHashMap<>();
      for (String file : container.environmentFiles()) {
        file(file).forEach(fileVariables::putIfAbsent);
      }
      return new TaskSecrets.OfContainer(variables, fileVariables, options, registry(container));
    }

    /** All parameters of all containers, in as few calls as may be. */
    void parameters(List<ContainerSpec> containers)
        throws UnavailableException, InterruptedException {
      Map<String, Set<String>> byRegion = new LinkedHashMap<>();
      for (ContainerSpec container : containers) {
        for (Secret secret : container.secrets()) {
          if (secret.provider().equals("ssm")) {
            byRegion
                .computeIfAbsent(secret.region(), region -> new LinkedHashSet<>())
                .add(secret.valueFrom());
          }
        }
      }
      for (Map.Entry<String, Set<String>> region : byRegion.entrySet()) {
        List<String> names = new ArrayList<>(region.getValue());
        for (int from = 0; from < names.size(); from += BATCH) {
          batch(region.getKey(), names.subList(from, Math.min(from + BATCH, names.size())));
        }
      }
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
        values.put(region + ' ' + found.at("Name").text() + selector, value);
        values.put(region + ' ' + found.at("ARN").text() + selector, value);
      }
      List<String> missing =
          names.stream().filter(name -> !values.containsKey(region + ' ' + name)).toList();
      if (!missing.isEmpty()) {
        throw new UnavailableException(SecretReasons.invalidParameters(region, missing));
      }
    }

    private static String parameterKey(Secret secret) {
      return secret.region() + ' ' + secret.valueFrom();
    }

    /** A secret of Secrets Manager, or what its JSON has under a key. */
    private String managed(String valueFrom, String region)
        throws UnavailableException, InterruptedException {
      String[] parts = valueFrom.split(":", -1);
      if (parts.length != PARTS && parts.length != PARTS_WITH_SELECTORS) {
        throw new UnavailableException(SecretReasons.invalidArn());
      }
      boolean selected = parts.length == PARTS_WITH_SELECTORS;
      String arn = String.join(":", List.of(parts).subList(0, PARTS));
      String text =
          text(arn, region, selected ? parts[PARTS + 1] : "", selected ? parts[PARTS + 2] : "");
      String key = selected ? parts[PARTS] : "";
      return key.isEmpty() ? text : member(text, key);
    }

    private String text(String arn, String region, String stage, String version)
        throws UnavailableException, InterruptedException {
      String name = String.join(" ", arn, stage, version);
      String known = texts.get(name);
      if (known != null) {
        return known;
      }
      try {
        Json text = calls.secret(role, region, arn, stage, version).at("SecretString");
        if (text.isNull()) {
          throw new UnavailableException(SecretReasons.noText(arn));
        }
        texts.put(name, text.text());
        return text.text();
      } catch (ApiException e) {
        throw new UnavailableException(SecretReasons.secret(arn, message(e)));
      } catch (UnreachableException e) {
        throw new UnavailableException(SecretReasons.secret(arn, unreachable(e)));
      }
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
        throws UnavailableException, InterruptedException {
      String secret = container.registrySecret();
      if (secret == null) {
        return Optional.empty();
      }
      String[] arn = secret.split(":", 5);
      String text = managed(secret, arn.length == 5 ? arn[3] : "");
      return Optional.of(
          new RegistryCredentials(
              member(text, "username"), member(text, "password"), container.image()));
    }

    private Map<String, String> file(String arn) throws UnavailableException, InterruptedException {
      Map<String, String> known = files.get(arn);
      if (known != null) {
        return known;
      }
      String path = arn.substring(arn.lastIndexOf(':') + 1);
      int slash = path.indexOf('/');
      String bucket = path.substring(0, Math.max(slash, 0));
      String key = path.substring(slash + 1);
      try {
        Map<String, String> read = EnvironmentFile.read(calls.object(role, bucket, key));
        files.put(arn, read);
        return read;
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
  }
}
