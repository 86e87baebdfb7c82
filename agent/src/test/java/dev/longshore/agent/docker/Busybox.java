package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A real engine with a small image in it, made from this machine's static busybox; removes on close
 * what was made through it.
 */
public final class Busybox implements AutoCloseable {
  public static final String IMAGE = "longshore-test/busybox:1";
  private static final String LABEL = "dev.longshore.test";

  private final String mark = UUID.randomUUID().toString();
  private final ContainerEngine engine =
      DockerEngine.at(EngineAddress.parse(System.getenv("DOCKER_HOST")));

  public Busybox() throws IOException {
    engine.images().load(archive());
  }

  static ImageArchive archive() throws IOException {
    var files = new ArrayList<RootFile>();
    files.add(RootFile.copy("bin/busybox", 0755, Path.of("/bin/busybox")));
    for (var applet :
        List.of("sh", "sleep", "echo", "cat", "wget", "true", "kill", "yes", "head")) {
      files.add(RootFile.link("bin/" + applet, "busybox"));
    }
    files.add(RootFile.text("etc/passwd", 0644, "root:x:0:0:root:/:/bin/sh\n"));
    files.add(new RootFile.Directory("tmp", 01777));
    return ImageArchive.of(
        IMAGE, files, Json.fields().with("Env", Json.items(List.of("PATH=/bin"))));
  }

  public ContainerEngine engine() {
    return engine;
  }

  public String label() {
    return LABEL + "=" + mark;
  }

  public Map<String, String> labels() {
    return Map.of(LABEL, mark);
  }

  public String name(String what) {
    return "longshore-test-" + what + "-" + mark;
  }

  public ContainerSpec shell(String script) {
    return ContainerSpec.of(IMAGE).command("sh", "-c", script).labels(labels());
  }

  /** Makes and starts a container that runs a script, and answers its id. */
  public String run(String what, String script) {
    return run(what, shell(script));
  }

  public String run(String what, ContainerSpec spec) {
    var id = engine.containers().create(name(what), spec).id();
    engine.containers().start(id);
    return id;
  }

  @Override
  public void close() {
    for (var container : engine.containers().list(List.of(label()), true)) {
      engine.containers().remove(container.id(), true, true);
    }
    for (var volume : engine.volumes().list(List.of(label()))) {
      engine.volumes().remove(volume.name(), true);
    }
    for (var network : engine.networks().list(List.of(label()))) {
      engine.networks().remove(network.id());
    }
    engine.close();
  }
}
