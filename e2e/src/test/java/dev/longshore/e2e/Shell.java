package dev.longshore.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs other people's programs: the AWS CLI and docker. */
final class Shell {
  private static final long LIMIT_SECONDS = 120;

  private final Map<String, String> environment = new HashMap<>();
  private final List<String> prefix;

  private Shell(List<String> prefix) {
    this.prefix = prefix;
  }

  /** The first text's words, and the others as they are. */
  static String[] words(String command, String... more) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /** What a program printed, standard error after standard output, and its status. */
  record Result(int status, String out, String err) {}

  /** The real AWS CLI with the settings that {@code longshore env} printed. */
  static Shell aws(List<String> exports) {
    Shell shell = new Shell(List.of("/usr/bin/aws"));
    for (String line : exports) {
      if (line.startsWith("export ")) {
        int equals = line.indexOf('=');
        shell.environment.put(
            line.substring("export ".length(), equals), line.substring(equals + 1));
      }
    }
    shell.environment.put("AWS_PAGER", "");
    shell.environment.put("AWS_EC2_METADATA_DISABLED", "true");
    return shell;
  }

  /** A variable that all of these programs see; empty where there is none. */
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  /** The same program with the temporary keys of somebody else. */
  Shell with(String keyId, String secret, String token) {
    Shell other = new Shell(prefix);
    other.environment.putAll(environment);
    other.environment.put("AWS_ACCESS_KEY_ID", keyId);
    other.environment.put("AWS_SECRET_ACCESS_KEY", secret);
    other.environment.put("AWS_SESSION_TOKEN", token);
    return other;
  }

  /** The same with the CLI that the path names, which may be newer and know more operations. */
  Shell newest() {
    Shell other = new Shell(List.of("aws"));
    other.environment.putAll(environment);
    return other;
  }

  static Shell docker() {
    return of("docker");
  }

  static Shell of(String program) {
    return new Shell(List.of(program));
  }

  /** Runs and insists on status 0; returns what was printed, without blanks around it. */
  String ok(String... words) throws IOException, InterruptedException {
    Result result = run(words);
    if (result.status != 0) {
      throw new AssertionError(String.join(" ", words) + " failed: " + result.err + result.out);
    }
    return result.out.strip();
  }

  Result run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    if (environment.containsKey("AWS_ENDPOINT_URL")) {
      // Older versions of the CLI do not read the variable.
      command.add("--endpoint-url");
      command.add(environment.get("AWS_ENDPOINT_URL"));
    }
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Process process = builder.start();
    StringBuilder err = new StringBuilder();
    Thread errors =
        Thread.ofVirtual()
            .start(
                () -> process.errorReader().lines().forEach(line -> err.append(line).append('\n')));
    CompletableFuture<Void> limit =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS));
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    errors.join();
    if (!limit.cancel(false)) {
      throw new IllegalStateException(String.join(" ", words) + " does not end");
    }
    return new Result(status, out, err.toString());
  }
}
