package dev.longshore.bench.load;

import dev.longshore.agent.docker.ContainerEngine;
import dev.longshore.agent.docker.DockerEngine;
import dev.longshore.agent.docker.EngineAddress;
import dev.longshore.agent.docker.ImageArchive;
import dev.longshore.agent.docker.RootFile;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The service that both orchestrators run: a web server that goes on answering for a moment after
 * SIGTERM, as servers behind a load balancer do.
 *
 * @param tasks how many of it
 * @param minimumHealthyPercent the least share of them that is healthy during an update
 * @param maximumPercent the largest share of them that exists during an update
 */
record WebService(int tasks, int minimumHealthyPercent, int maximumPercent) {
  static final String NAME = "longshore-bench";
  static final String IMAGE = "longshore/web:1";
  static final int MEMORY_MIB = 32;
  static final int PORT = 80;
  static final List<String> COMMAND =
      List.of("/bin/sh", "-c", "httpd -f -p 80 -h /www & trap 'sleep 0.2; exit 0' TERM; wait");

  /** The fewest healthy tasks. */
  int least() {
    return Math.ceilDiv(tasks * minimumHealthyPercent, 100);
  }

  /** The most tasks. */
  int most() {
    return tasks * maximumPercent / 100;
  }

  /** Puts the image into the engine, from the busybox of this machine. */
  static void loadImage() throws IOException {
    List<RootFile> files =
        List.of(
            RootFile.copy("bin/busybox", 0755, Path.of("/bin/busybox")),
            RootFile.link("bin/sh", "busybox"),
            RootFile.link("bin/httpd", "busybox"),
            RootFile.link("bin/sleep", "busybox"),
            RootFile.text("www/index.html", 0644, "served\n"));
    Json.Fields config = new Members().put("Env", List.of("PATH=/bin")).json();
    try (ContainerEngine engine = DockerEngine.at(EngineAddress.STANDARD)) {
      engine.images().load(ImageArchive.of(IMAGE, files, config));
    }
  }
}
