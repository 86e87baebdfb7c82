package dev.longshore.cli;

import dev.longshore.agent.docker.ContainerEngine;
import dev.longshore.agent.docker.ImageArchive;
import dev.longshore.agent.docker.RootFile;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The demo's image: one static busybox and a page, made without any registry. */
final class DemoImage {
  static final String NAME = "longshore/demo:1";

  private static final List<Path> BUSYBOX =
      List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"), Path.of("/sbin/busybox"));
  private static final int EXECUTABLE = 0755;

  private DemoImage() {}

  /**
   * Builds the image and loads it into the engine.
   *
   * @return the image's id
   */
  static String load(ContainerEngine engine) throws IOException {
    List<RootFile> files = new ArrayList<>();
    files.add(RootFile.copy("bin/busybox", EXECUTABLE, busybox()));
    for (String applet : List.of("sh", "httpd", "hostname", "cat")) {
      files.add(RootFile.link("bin/" + applet, "busybox"));
    }
    files.add(new RootFile.Directory("www", EXECUTABLE));
    String serve =
        "echo \"Hello from container $(hostname)\" > /www/index.html"
            + " && exec httpd -f -p 80 -h /www";
    Json.Fields config =
        new Members()
            .put("Cmd", List.of("sh", "-c", serve))
            .put("Env", List.of("PATH=/bin"))
            .json();
    ImageArchive image = ImageArchive.of(NAME, files, config);
    engine.images().load(image);
    return image.imageId();
  }

  private static Path busybox() {
    return BUSYBOX.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "the demo's image is made of a static busybox, and none is installed (Debian:"
                    + " busybox-static)"));
  }
}
