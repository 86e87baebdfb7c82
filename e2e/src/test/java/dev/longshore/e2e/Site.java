package dev.longshore.e2e;

import dev.longshore.agent.docker.DockerEngine;
import dev.longshore.agent.docker.EngineAddress;
import dev.longshore.agent.docker.ImageArchive;
import dev.longshore.agent.docker.RootFile;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** One running Longshore with its own directory, and what a test asks of it. */
final class Site implements AutoCloseable {
  static final String IMAGE = "longshore/e2e:1";
  static final Shell DOCKER = Shell.docker();

  private static final long PATIENCE_NANOS = 90_000_000_000L;
  private static final long LOOK_NANOS = 100_000_000L;

  final Path data;
  private final List<String> variables;
  private final List<String> options;
  private Program program;
  Shell aws;
  String endpoint;

  private Site(
      Path data,
      List<String> variables,
      List<String> options,
      Program program,
      String endpoint,
      Shell aws) {
    this.data = data;
    this.variables = variables;
    this.options = options;
    this.program = program;
    this.endpoint = endpoint;
    this.aws = aws;
  }

  /** Starts {@code longshore up} with further options, on a free port. */
  static Site up(String... options) throws IOException, InterruptedException {
    return up(List.of(), options);
  }

  /** The same, in a process that has these variables too. */
  static Site up(List<String> variables, String... options)
      throws IOException, InterruptedException {
    loadImage();
    return open(variables, options);
  }

  /** Starts it with container instances that only pretend, so without a container engine. */
  static Site simulated(int instances) throws IOException, InterruptedException {
    return open(List.of(), "--instances", "0", "--simulate", Integer.toString(instances));
  }

  private static Site open(List<String> variables, String... options)
      throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("longshore-e2e");
    List<String> words = new ArrayList<>(List.of("up", "--data-dir", data.toString()));
    words.addAll(List.of(options));
    Program program = start(variables, words, 0);
    String endpoint = endpoint(program);
    return new Site(data, variables, List.of(options), program, endpoint, aws(data, endpoint));
  }

  private static Program start(List<String> variables, List<String> words, int port)
      throws IOException {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--port", Integer.toString(port)));
    return Program.start(variables, all.toArray(String[]::new));
  }

  /** What the running program has printed. */
  List<String> printed() {
    return program.printed();
  }

  private static String endpoint(Program program) throws InterruptedException {
    String endpoint = Program.wordAfter(program.line("Longshore is ready"), "at");
    if (endpoint == null) {
      throw new IllegalStateException("no endpoint in " + program.printed());
    }
    return endpoint;
  }

  /** The real AWS CLI with the root keys of that directory. */
  static Shell aws(Path data, String endpoint) throws IOException, InterruptedException {
    String port = endpoint.substring(endpoint.lastIndexOf(':') + 1);
    try (Program env =
        Program.start(List.of(), "env", "--data-dir", data.toString(), "--port", port)) {
      if (env.status() != 0) {
        throw new IllegalStateException("longshore env failed: " + env.printed());
      }
      return Shell.aws(env.printed());
    }
  }

  /** The image of all tasks here: busybox. */
  static void loadImage() throws IOException {
    List<RootFile> files = new ArrayList<>();
    files.add(RootFile.copy("bin/busybox", 0755, Path.of("/bin/busybox")));
    for (String applet :
        List.of("sh", "sleep", "wget", "httpd", "cat", "env", "kill", "true", "dd")) {
      files.add(RootFile.link("bin/" + applet, "busybox"));
    }
    Json.Fields config =
        new Members().put("Env", List.of("PATH=/bin")).put("Cmd", List.of("sleep", "3600")).json();
    try (DockerEngine engine = DockerEngine.at(EngineAddress.STANDARD)) {
      engine.images().load(ImageArchive.of(IMAGE, files, config));
    }
  }

  /** kill -9 of the whole program, agents included. */
  void kill() throws InterruptedException {
    program.kill();
  }

  /** Starts again on the same directory and port, after {@link #kill}, with further options. */
  void startAgain(String... more) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("up", "--data-dir", data.toString()));
    words.addAll(options);
    words.addAll(List.of(more));
    program = start(variables, words, URI.create(endpoint).getPort());
    endpoint = endpoint(program);
    aws = aws(data, endpoint);
  }

  /** Starts again after {@link #kill}, which is to fail; answers what was printed. */
  List<String> refusesToStart() throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("up", "--data-dir", data.toString()));
    words.addAll(options);
    program = start(variables, words, 0);
    if (program.status() == 0) {
      throw new AssertionError("it started: " + program.printed());
    }
    return program.printed();
  }

  /** Makes a role that tasks may have, with a right to each of these actions on everything. */
  void role(String name, String... actions) throws IOException, InterruptedException {
    String trust =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
            + "{\"Service\":\"ecs-tasks.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";
    aws.ok("iam", "create-role", "--role-name", name, "--assume-role-policy-document", trust);
    if (actions.length > 0) {
      String policy =
          "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Resource\":\"*\","
              + "\"Action\":"
              + Json.items(List.of(actions)).write()
              + "}]}";
      aws.ok(
          "iam",
          "put-role-policy",
          "--role-name",
          name,
          "--policy-name",
          "rights",
          "--policy-document",
          policy);
    }
  }

  /** One container, its name, image, command and memory, as the CLI takes it. */
  static String container(String command) {
    Json words = Json.items(List.of("sh", "-c", command));
    return "[{\"name\":\"app\",\"image\":\""
        + IMAGE
        + "\",\"memory\":32,\"cpu\":16,\"stopTimeout\":2,\"command\":"
        + words.write()
        + "}]";
  }

  /** The engine's ids of this site's running containers, by task. */
  Map<String, String> containers() throws IOException, InterruptedException {
    return containers(aws);
  }

  /** The engine's ids of the running containers of a control plane's tasks, by task. */
  static Map<String, String> containers(Shell aws) throws IOException, InterruptedException {
    Map<String, String> byTask = new TreeMap<>();
    String format = "{{.ID}} {{.Label \"com.amazonaws.ecs.task-arn\"}}";
    String tasks = aws.ok("ecs", "list-tasks", "--query", "taskArns", "--output", "text");
    for (String line : DOCKER.ok("ps", "--no-trunc", "--format", format).lines().toList()) {
      String[] words = line.split(" ", 2);
      if (words.length == 2 && !words[1].isEmpty() && tasks.contains(words[1])) {
        byTask.put(words[1], words[0]);
      }
    }
    return byTask;
  }

  /** Looks until the condition is true: for what only another program can tell. */
  static void until(String what, Callable<Boolean> condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!holds(condition)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain: " + what);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static boolean holds(Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    program.close();
    delete(data);
  }

  /** Removes a directory and all in it. */
  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(file);
      }
    }
  }
}
